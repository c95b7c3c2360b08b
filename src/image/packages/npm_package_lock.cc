#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "image/document_root.h"
#include "image/node_field.h"
#include "image/npm_manifest.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

constexpr std::string_view kFolder = "node_modules/";

/// Version 1 nests; `version` may also be "npm:real@1.0.0" or an address. What lies inside of a
/// package for developing is only for that.
void read_nested(PackageFile& file, const Node& root, PackageList& list) {
  std::vector<std::pair<const Node*, bool>> waiting{{&root, false}};
  while (!waiting.empty()) {
    const auto [owner, is_dev] = waiting.back();
    waiting.pop_back();
    for (const auto& [key, value, merged, duplicate] : entries_of(*owner, "dependencies")) {
      if (!value->is_mapping()) continue;
      const bool dev = is_dev || is_true(*value, "dev");
      waiting.emplace_back(value, dev);
      std::string_view name = key->text;
      std::string_view version = field(*value, "version");
      if (version.starts_with("npm:")) {
        std::tie(name, version) = npm::split_at(version.substr(4));
      } else if (!npm::is_version(version)) {
        version = {};
      }
      list.add(name, version, file.line_of(*key)).dev = dev;
    }
  }
}

/// Where each workspace or local folder is linked to: there it has its name.
std::map<std::string_view, std::string_view> linked_names(
    const std::vector<Node::Entry>& packages) {
  std::map<std::string_view, std::string_view> names;
  for (const Node::Entry& entry : packages) {
    if (!is_true(*entry.value, "link")) continue;
    const std::size_t at = entry.key->text.rfind(kFolder);
    if (at == std::string_view::npos) continue;
    names.emplace(field(*entry.value, "resolved"), entry.key->text.substr(at + kFolder.size()));
  }
  return names;
}

/// Versions 2 and 3 list folders.
void read_folders(PackageFile& file, const std::vector<Node::Entry>& packages, PackageList& list) {
  const auto linked = linked_names(packages);
  for (const auto& [key, value, merged, duplicate] : packages) {
    const std::string_view folder = key->text;
    if (folder.empty() || !value->is_mapping() || is_true(*value, "link")) continue;
    std::string_view name = field(*value, "name");
    if (name.empty()) {
      const std::size_t at = folder.rfind(kFolder);
      const auto link = linked.find(folder);
      if (at != std::string_view::npos) {
        name = folder.substr(at + kFolder.size());
      } else {
        name = link != linked.end() ? link->second : folder.substr(folder.rfind('/') + 1);
      }
    }
    Package& package = list.add(name, field(*value, "version"), file.line_of(*key));
    package.dev = is_true(*value, "dev");
    package.licenses = npm::licenses(*value);
  }
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root =
      json_object(file, "package-lock.json", {"lockfileVersion", "packages", "dependencies"});
  if (!root) return tl::unexpected(root.error());
  const auto& packages = entries_of(**root, "packages");
  if (packages.empty()) {
    read_nested(file, **root, list);
  } else {
    read_folders(file, packages, list);
  }
  return {};
}

}  // namespace

const PackageReader& npm_package_lock() {
  static constexpr PackageReader kReader{
      .kind = "npm-package-lock",
      .ecosystem = "npm",
      .presence = Presence::kLocked,
      .files = "**/package-lock.json **/npm-shrinkwrap.json",
      .read = read,
      .source = "https://docs.npmjs.com/cli/configuring-npm/package-lock-json"};
  return kReader;
}

}  // namespace plimsoll::image::packages
