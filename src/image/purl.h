#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/package.h"
#include "image/os_release.h"

namespace plimsoll::image {

/// The package URL of a package: "pkg:npm/%40scope/name@1.0.0". Its own where the file that names
/// it says one, "" for an ecosystem without a type. Source:
/// https://github.com/package-url/purl-spec, PURL-TYPES.
/// @param release  of the image: packages of a distribution say which, "distro=debian-12"
[[nodiscard]] std::string purl_of(const Package& package, const OsRelease& release = {});

/// The parts of one, decoded: "pkg:type/namespace/name@version?key=value#subpath".
struct PackageUrl {
  std::string type;
  std::string space;  ///< its namespace
  std::string name;
  std::string version;
  std::vector<std::pair<std::string, std::string>> qualifiers;
  std::string subpath;

  /// "" without.
  [[nodiscard]] std::string_view qualifier(std::string_view key) const;
};
/// Nothing without type or name.
[[nodiscard]] std::optional<PackageUrl> parse_purl(std::string_view text);

/// What it names, as the reader of such packages would have it: name, version, ecosystem,
/// architecture and source. A type that no ecosystem has is the ecosystem: "generic".
[[nodiscard]] Package package_of(const PackageUrl& url);

}  // namespace plimsoll::image
