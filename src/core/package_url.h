#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plimsoll {

/// The parts of a package URL, decoded: "pkg:type/namespace/name@version?key=value#subpath".
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

/// "%40scope" is "@scope"; what is no code stays.
[[nodiscard]] std::string percent_decoded(std::string_view text);
/// As a part of a package URL: a ':' need not be coded, '/' stands between segments.
[[nodiscard]] std::string percent_coded(std::string_view text, bool keep_slash = false);

}  // namespace plimsoll
