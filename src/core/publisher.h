#pragma once

#include <string_view>

namespace plimsoll {

/// Who builds a package of a version, where that is another than the distribution: "NodeSource" of
/// "20.11.1-1nodesource1". "" for the distribution's own, and where the version does not tell. The
/// advisories of a distribution are about what it builds itself.
/// @param version  of dpkg or RPM, with its release
[[nodiscard]] std::string_view foreign_publisher(std::string_view version);

}  // namespace plimsoll
