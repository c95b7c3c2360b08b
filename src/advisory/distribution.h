#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/package.h"

namespace plimsoll::advisory {

/// A release of a distribution, by its words in os-release(5): "debian" and "12".
struct Distribution {
  std::string id;
  std::string version;  ///< "" for what is rolling
  friend bool operator==(const Distribution&, const Distribution&) = default;
};

/// What advisories for its packages are filed under, the release itself first: "Debian:12";
/// "Ubuntu:22.04" and "Ubuntu:Pro:22.04"; "Red Hat:enterprise_linux:9" and streams of extended
/// support such as "Red Hat:rhel_eus:9.2"; each module of SUSE. Empty for a distribution that is
/// not known.
[[nodiscard]] std::vector<std::string> ecosystems_of(const Distribution& distribution);

/// What those who get the fixes of such an ecosystem have paid for: "Ubuntu Pro"; "" where
/// everybody gets them.
[[nodiscard]] std::string_view subscription_of(std::string_view ecosystem);

/// Whether it is a stream of Red Hat that stays at a minor release: its fixes are for packages that
/// were built for that release.
[[nodiscard]] bool is_extended_stream(std::string_view ecosystem);

/// Whether a package is one of an operating system's, by its package URL or ecosystem.
[[nodiscard]] bool is_of_system(const Package& package);

/// What the package URL says: "distro=debian-12". Nothing where it says none.
[[nodiscard]] Distribution distribution_of(const Package& package);

}  // namespace plimsoll::advisory
