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
/// "Ubuntu:22.04" and "Ubuntu:Pro:22.04". Empty for a distribution that is not known.
[[nodiscard]] std::vector<std::string> ecosystems_of(const Distribution& distribution);

/// Whether a package is one of an operating system's, by its package URL or ecosystem.
[[nodiscard]] bool is_of_system(const Package& package);

/// What the package URL says: "distro=debian-12". Nothing where it says none.
[[nodiscard]] Distribution distribution_of(const Package& package);

}  // namespace plimsoll::advisory
