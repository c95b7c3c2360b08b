#pragma once

#include <string_view>

namespace plimsoll::version {

/// "epoch:version-release", as RPM and pacman write versions.
struct Evr {
  std::string_view epoch;
  std::string_view version;
  std::string_view release;
  bool has_release = false;
};

/// Digits before a colon are the epoch; what follows the last hyphen is the release.
[[nodiscard]] Evr split_evr(std::string_view text);

}  // namespace plimsoll::version
