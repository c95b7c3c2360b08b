#include <algorithm>
#include <utility>

#include "image/dependency_graph.h"
#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"
#include "image/toml_packages.h"

namespace plimsoll::image::packages {
namespace {

using Keys = std::vector<std::string>;
using Tables = std::vector<const Node*>;

/// Where its sources lie, if it is no fetched archive: "." is the project itself.
std::string_view folder_of(const Node& table) {
  const Node* source = table.find("source");
  if (source == nullptr) return {};
  const std::string_view virtual_folder = field(*source, "virtual");
  return virtual_folder.empty() ? field(*source, "editable") : virtual_folder;
}

/// Which tables are projects of this workspace, not something that they need. A folder beside the
/// project that it takes as a dependency looks the same but for the list of members, which is left
/// out when there is but one, and by uv before 0.3.
class OwnProjects {
 public:
  OwnProjects(const Node& root, const Tables& tables) {
    if (const Node* manifest = root.find("manifest")) members_ = texts(manifest->find("members"));
    has_root_ = std::any_of(tables.begin(), tables.end(),
                            [](const Node* table) { return folder_of(*table) == "."; });
  }
  [[nodiscard]] bool contains(const Node& table) const {
    if (!members_.empty()) {
      return std::find(members_.begin(), members_.end(), field(table, "name")) != members_.end();
    }
    return has_root_ ? folder_of(table) == "." : !folder_of(table).empty();
  }

 private:
  Keys members_;
  bool has_root_ = false;
};

std::string key_of(const Node& table) {
  return std::string(field(table, "name")) + ' ' + std::string(field(table, "version"));
}

/// An extra of a package is a node of its own: who needs the package need not need the extra.
std::string with_extra(std::string_view key, std::string_view extra) {
  return std::string(key) + '[' + std::string(extra) + ']';
}

/// A name stands for every version of it, unless the dependency says which.
void add_keys(const Tables& dependencies, Keys& keys) {
  for (const Node* dependency : dependencies) {
    const bool says_version = !field(*dependency, "version").empty();
    const std::string key =
        says_version ? key_of(*dependency) : std::string(field(*dependency, "name"));
    keys.push_back(key);
    for (const std::string& extra : texts(dependency->find("extra"))) {
      keys.push_back(with_extra(key, extra));
    }
  }
}

Keys keys_of(const Tables& dependencies) {
  Keys keys;
  add_keys(dependencies, keys);
  return keys;
}

void add_groups(const std::vector<Node::Entry>& groups, Keys& keys) {
  for (const Node::Entry& group : groups) add_keys(group.value->items, keys);
}

DevelopmentOnly development_only(const Node& root, const Tables& tables) {
  const OwnProjects own(root, tables);
  DependencyGraph graph;
  Keys used;
  Keys developing;
  for (const Node* table : tables) {
    const std::string_view name = field(*table, "name");
    const std::string key = key_of(*table);
    graph.add(name, key);
    for (const std::string& each : keys_of(items_of(*table, "dependencies"))) graph.add(key, each);
    if (own.contains(*table)) used.push_back(key);
    for (const Node::Entry& extra : entries_of(*table, "optional-dependencies")) {
      const std::string node = with_extra(key, extra.key->text);
      graph.add(with_extra(name, extra.key->text), node);
      for (const std::string& each : keys_of(extra.value->items)) graph.add(node, each);
      if (own.contains(*table)) used.push_back(node);
    }
    add_groups(entries_of(*table, "dev-dependencies"), developing);
  }
  if (const Node* manifest = root.find("manifest")) {
    add_keys(items_of(*manifest, "requirements"), used);  // of a script
    add_groups(entries_of(*manifest, "dependency-groups"), developing);
  }
  return {graph, std::move(used), std::move(developing)};
}

Result<void> read(PackageFile& file, PackageList& list) {
  // What a program holds while it uses "x.py" may have the same name as the lock of a script.
  if (file.path().ends_with(".py.lock") && !file.bytes().starts_with("version = ")) return {};
  const auto root = toml_document(file, "uv.lock", {"package", "distribution", "version"});
  if (!root) return tl::unexpected(root.error());
  // uv before 0.3 said `distribution`.
  const bool is_first = (*root)->find("package") == nullptr;
  const auto tables = toml_tables(file, **root, is_first ? "distribution" : "package");
  if (!tables) return tl::unexpected(tables.error());
  const DevelopmentOnly for_developing = development_only(**root, *tables);
  for (const Node* table : *tables) {
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
      .files = "**/uv.lock **/*.py.lock",
      .read = read,
      .source = "https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile"};
  return kReader;
}

}  // namespace plimsoll::image::packages
