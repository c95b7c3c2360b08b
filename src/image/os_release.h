#pragma once

#include <string>
#include <string_view>

#include "core/package.h"

namespace plimsoll::image {

/// What an image says of its distribution. Source: os-release(5).
struct OsRelease {
  std::string id;           ///< "debian"; "" when nothing says it
  std::string id_like;      ///< "rhel fedora"
  std::string version_id;   ///< "12"; "" for what is rolling
  std::string codename;     ///< "bookworm"
  std::string pretty_name;  ///< for people
  friend bool operator==(const OsRelease&, const OsRelease&) = default;
};

/// Reads what it can: lines that are no settings are passed over, as a shell's quotes are undone.
[[nodiscard]] OsRelease parse_os_release(std::string_view text);

/// The name that OSV has for packages of this distribution: "Debian", "Rocky Linux"; "" where it
/// has none.
[[nodiscard]] std::string_view ecosystem_of(const OsRelease& release);

/// Whether packages of this ecosystem are those of an operating system: "Debian", and "RPM" of a
/// database that does not know which.
[[nodiscard]] bool is_distribution(std::string_view ecosystem);

/// Packages of an operating system's database belong to the distribution that the image is: the
/// database alone says "RPM" or "Debian" of all their kin.
void name_distribution(Package& package, const OsRelease& release);

}  // namespace plimsoll::image
