#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace plimsoll::advisory {

struct DebianRelease {
  std::string_view codename;
  std::string_view number;
  bool is_tracked = false;  ///< Debian's security tracker still judges it
};

/// Oldest first. Source: https://www.debian.org/releases/
[[nodiscard]] std::span<const DebianRelease> debian_releases();

/// "Debian:12" of "bookworm", "Debian:unstable" of "sid"; nothing for an unknown name.
[[nodiscard]] std::optional<std::string> debian_ecosystem(std::string_view codename);

}  // namespace plimsoll::advisory
