#include <unordered_map>

#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

bool brings_files(const Node& row) {
  for (const std::string_view key : {"runtime", "runtimeTargets", "native", "resources"}) {
    if (!entries_of(row, key).empty()) return true;
  }
  return false;
}

/// Libraries of which the target takes files, or not (only analysers, only build rules).
std::unordered_map<std::string_view, bool> libraries_of(const Node* target) {
  std::unordered_map<std::string_view, bool> libraries;
  if (target == nullptr) return libraries;
  for (const Node::Entry& row : target->entries) {
    libraries.insert_or_assign(row.key->str(), brings_files(*row.value));
  }
  return libraries;
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = json_object(file, "deps.json", {"libraries", "targets", "runtimeTarget"});
  if (!root) return tl::unexpected(root.error());
  const Node* runtime = (*root)->at({"runtimeTarget", "name"});
  const Node* targets = (*root)->find("targets");
  const Node* target =
      runtime == nullptr || targets == nullptr ? nullptr : targets->find(runtime->str());
  const auto used = libraries_of(target);
  for (const Node::Entry& library : entries_of(**root, "libraries")) {
    std::string_view name = library.key->str();
    const auto row = used.find(name);
    if (row != used.end() && !row->second) continue;
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) continue;
    const std::string_view version = name.substr(slash + 1);
    name = name.substr(0, slash);
    constexpr std::string_view kRuntimePack = "runtimepack.";
    if (name.starts_with(kRuntimePack)) name.remove_prefix(kRuntimePack.size());
    list.add(name, version, file.line_of(*library.key));
  }
  return {};
}

}  // namespace

const PackageReader& dotnet_deps_json() {
  static constexpr PackageReader kReader{
      .kind = "dotnet-deps-json",
      .ecosystem = "NuGet",
      .files = "**/*.deps.json",
      .read = read,
      .source =
          "https://github.com/dotnet/sdk/blob/main/documentation/specs/"
          "runtime-configuration-file.md"};
  return kReader;
}

}  // namespace plimsoll::image::packages
