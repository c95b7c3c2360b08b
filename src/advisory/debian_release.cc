#include "advisory/debian_release.h"

namespace plimsoll::advisory {

std::span<const DebianRelease> debian_releases() {
  static constexpr DebianRelease kReleases[] = {
      {"potato", "2.2"},         {"woody", "3.0"},         {"sarge", "3.1"},
      {"etch", "4.0"},           {"lenny", "5.0"},         {"squeeze", "6.0"},
      {"wheezy", "7"},           {"jessie", "8"},          {"stretch", "9"},
      {"buster", "10"},          {"bullseye", "11", true}, {"bookworm", "12", true},
      {"trixie", "13", true},    {"forky", "14", true},    {"duke", "15"},
      {"sid", "unstable", true},
  };
  return kReleases;
}

std::optional<std::string> debian_ecosystem(std::string_view codename) {
  for (const DebianRelease& release : debian_releases()) {
    if (release.codename == codename) return "Debian:" + std::string(release.number);
  }
  return std::nullopt;
}

}  // namespace plimsoll::advisory
