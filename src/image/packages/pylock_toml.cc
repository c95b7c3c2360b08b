#include <algorithm>

#include "core/ascii.h"
#include "image/document_root.h"
#include "image/node_field.h"
#include "image/toml_packages.h"

namespace plimsoll::image::packages {
namespace {

/// The group that `… 'name' in dependency_groups` ends with; "" when it asks for something else.
std::string_view group_asked_for(std::string_view marker) {
  constexpr std::string_view kTest = "in dependency_groups";
  const std::size_t at = marker.rfind(kTest);
  if (at == std::string_view::npos) return {};
  const std::string_view before = ascii::trim(marker.substr(0, at));
  const char quote = before.empty() ? '\0' : before.back();
  if (quote != '"' && quote != '\'') return {};  // 'name' not in dependency_groups
  const std::size_t begin = before.find_last_of(quote, before.size() - 2);
  if (before.size() < 2 || begin == std::string_view::npos) return {};
  return before.substr(begin + 1, before.size() - begin - 2);
}

/// Dependency groups are for developing, but those in `default-groups` stand for the project
/// itself. With several ways to be installed, each has to ask for a group.
bool only_for_developing(std::string_view marker, const std::vector<std::string>& defaults) {
  constexpr std::string_view kOr = " or ";
  while (true) {
    const std::size_t end = std::min(marker.find(kOr), marker.size());
    const std::string_view group = group_asked_for(marker.substr(0, end));
    if (group.empty()) return false;
    if (std::find(defaults.begin(), defaults.end(), group) != defaults.end()) return false;
    if (end == marker.size()) return true;
    marker.remove_prefix(end + kOr.size());
  }
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = toml_document(file, "pylock.toml", {"packages", "lock-version"});
  if (!root) return tl::unexpected(root.error());
  const std::vector<std::string> defaults = texts((*root)->find("default-groups"));
  return read_toml_packages(
      file, **root, list, "packages", [&defaults](const Node& table, Package& package) {
        package.dev = only_for_developing(field(table, "marker"), defaults);
      });
}

}  // namespace

const PackageReader& pylock_toml() {
  static constexpr PackageReader kReader{
      .kind = "pylock-toml",
      .ecosystem = "PyPI",
      .presence = Presence::kLocked,
      .files = "**/pylock.toml **/pylock.*.toml",
      .read = read,
      .source = "https://packaging.python.org/en/latest/specifications/pylock-toml/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
