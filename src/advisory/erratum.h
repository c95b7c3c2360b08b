#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "advisory/advisory.h"

namespace plimsoll::advisory {

/// One package of an erratum, as the tools of RPM repositories write it.
struct ErratumPackage {
  std::string_view name;
  std::string_view epoch;
  std::string_view version;
  std::string_view release;
  std::string_view architecture;
};

/// The ecosystem that an erratum is for, from its id and the distribution that stands in the
/// release of its packages: "ALSA-2021:3076" and "1.module_el8.4.0" are AlmaLinux 8. Nothing for
/// others. Amazon's ids have its release, for packages that do not: "ALAS2DOCKER-2024-038".
[[nodiscard]] std::optional<std::string> erratum_ecosystem(std::string_view id,
                                                           std::string_view release);

/// Adds it, or its architecture where the same build is there already (they stand together).
/// @param module  "name:stream" of the collection; only packages built for a module get it
/// @return false when the package lacks a name or a version, or is of no known distribution
bool add_erratum_package(const ErratumPackage& package, std::string_view module,
                         Advisory& advisory);

/// Builds of Oracle for patching a running system and for FIPS have versions of their own, which
/// no other build may be compared with. @return how many were taken out
std::size_t leave_out_flavours(std::vector<Affected>& all);

}  // namespace plimsoll::advisory
