#include <utility>

#include "image/dependency_graph.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// A project of this workspace, not something it fetched.
bool is_own(const Node& table) {
  const Node* source = table.find("source");
  if (source == nullptr) return false;
  return source->find("virtual") != nullptr || source->find("editable") != nullptr;
}

using Keys = std::vector<std::string>;

std::string key_of(const Node& table) {
  return std::string(field(table, "name")) + ' ' + std::string(field(table, "version"));
}

void add_keys(const std::vector<const Node*>& dependencies, Keys& keys) {
  for (const Node* dependency : dependencies) {
    const bool says_version = !field(*dependency, "version").empty();
    keys.push_back(says_version ? key_of(*dependency) : std::string(field(*dependency, "name")));
  }
}

void add_groups(const std::vector<Node::Entry>& groups, Keys& keys) {
  for (const Node::Entry& group : groups) add_keys(group.value->items, keys);
}

/// A name stands for every version of it, unless the dependency says which.
DevelopmentOnly development_only(const std::vector<const Node*>& tables) {
  DependencyGraph graph;
  Keys used;
  Keys developing;
  for (const Node* table : tables) {
    const std::string key = key_of(*table);
    graph.add(field(*table, "name"), key);
    Keys needed;
    add_keys(items_of(*table, "dependencies"), needed);
    add_groups(entries_of(*table, "optional-dependencies"), needed);
    for (const std::string& each : needed) graph.add(key, each);
    if (is_own(*table)) used.push_back(key);
    add_groups(entries_of(*table, "dev-dependencies"), developing);
  }
  return {graph, std::move(used), std::move(developing)};
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.toml();
  if (!root) return tl::unexpected(root.error());
  const std::vector<const Node*>& tables = items_of(**root, "package");
  const DevelopmentOnly for_developing = development_only(tables);
  for (const Node* table : tables) {
    const Node* name = table->find("name");
    const Node* source = table->find("source");
    // A virtual project only has dependencies; it is installed nowhere.
    if (name == nullptr || (source != nullptr && source->find("virtual") != nullptr)) continue;
    list.add(name->str(), field(*table, "version"), file.line_of(*name)).dev =
        for_developing.contains(key_of(*table));
  }
  return {};
}

}  // namespace

const PackageReader& uv_lock() {
  static constexpr PackageReader kReader{
      .kind = "uv-lock",
      .ecosystem = "PyPI",
      .presence = Presence::kLocked,
      .files = "**/uv.lock",
      .read = read,
      .source = "https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile"};
  return kReader;
}

}  // namespace plimsoll::image::packages
