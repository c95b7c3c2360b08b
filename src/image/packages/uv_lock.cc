#include <unordered_set>

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

/// A name stands for every version of it, unless the dependency says which.
class Needed {
 public:
  explicit Needed(const std::vector<const Node*>& tables) {
    DependencyGraph graph;
    Keys used;
    Keys developing;
    for (const Node* table : tables) {
      const std::string key = key_of(*table);
      graph.add(field(*table, "name"), key);
      Keys needs;
      add(items_of(*table, "dependencies"), needs);
      add_groups(entries_of(*table, "optional-dependencies"), needs);
      for (const std::string& each : needs) graph.add(key, each);
      if (is_own(*table)) used.push_back(key);
      add_groups(entries_of(*table, "dev-dependencies"), developing);
    }
    used_ = graph.reachable(std::move(used));
    developing_ = graph.reachable(std::move(developing));
  }
  [[nodiscard]] bool only_for_developing(const Node& table) const {
    const std::string key = key_of(table);
    return developing_.contains(key) && !used_.contains(key);
  }

 private:
  static std::string key_of(const Node& table) {
    return std::string(field(table, "name")) + ' ' + std::string(field(table, "version"));
  }
  static void add(const std::vector<const Node*>& dependencies, Keys& keys) {
    for (const Node* dependency : dependencies) {
      const bool says_version = !field(*dependency, "version").empty();
      keys.push_back(says_version ? key_of(*dependency) : std::string(field(*dependency, "name")));
    }
  }
  static void add_groups(const std::vector<Node::Entry>& groups, Keys& keys) {
    for (const Node::Entry& group : groups) add(group.value->items, keys);
  }

  std::unordered_set<std::string> used_;
  std::unordered_set<std::string> developing_;
};

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.toml();
  if (!root) return tl::unexpected(root.error());
  const std::vector<const Node*>& tables = items_of(**root, "package");
  const Needed needed(tables);
  for (const Node* table : tables) {
    const Node* name = table->find("name");
    const Node* source = table->find("source");
    // A virtual project only has dependencies; it is installed nowhere.
    if (name == nullptr || (source != nullptr && source->find("virtual") != nullptr)) continue;
    list.add(name->str(), field(*table, "version"), file.line_of(*name)).dev =
        needed.only_for_developing(*table);
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
