#include <map>
#include <utility>

#include "image/dependency_graph.h"
#include "image/document_root.h"
#include "image/node_field.h"
#include "image/npm_manifest.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// Without the last package of "a/@scope/b": "a". Of one package alone: "".
std::string_view owner_of(std::string_view key) {
  std::size_t slash = key.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::size_t before = slash == 0 ? std::string_view::npos : key.rfind('/', slash - 1);
  const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
  if (key[start] == '@') slash = before;
  return slash == std::string_view::npos ? std::string_view{} : key.substr(0, slash);
}

using Packages = std::map<std::string_view, const Node*>;

/// Which row of `packages` a name means, as Node.js looks: beside the user, then beside who needs
/// that, up to the top.
class Lookup {
 public:
  explicit Lookup(const Packages& packages) : packages_(packages) {}

  std::string key_of(std::string_view user, std::string_view name) {
    for (; !user.empty() && bytes_left_ > user.size(); user = owner_of(user)) {
      bytes_left_ -= user.size();
      std::string key = std::string(user) + '/' + std::string(name);
      if (packages_.contains(key)) return key;
    }
    return std::string(name);
  }

 private:
  const Packages& packages_;
  /// Paths of thousands of steps would make it the square of the file; real ones have a handful.
  std::size_t bytes_left_ = 256U << 20U;
};

constexpr std::string_view kUsed[] = {"dependencies", "optionalDependencies", "peerDependencies"};

/// What a package needs stands in the one mapping of its row.
const Node* facts_of(const Node& row) {
  for (const Node* item : row.items) {
    if (item->is_mapping()) return item;
  }
  return nullptr;
}

DevelopmentOnly development_only(const Packages& packages,
                                 const std::vector<Node::Entry>& workspaces) {
  Lookup lookup(packages);
  DependencyGraph graph;
  for (const auto& [key, row] : packages) {
    const Node* facts = facts_of(*row);
    if (facts == nullptr) continue;
    for (const std::string_view section : kUsed) {
      for (const Node::Entry& entry : entries_of(*facts, section)) {
        graph.add(key, lookup.key_of(key, entry.key->text));
      }
    }
  }
  std::vector<std::string> used;
  std::vector<std::string> developing;
  for (const Node::Entry& workspace : workspaces) {
    const std::string_view name = field(*workspace.value, "name");
    for (const std::string_view section : kUsed) {
      for (const Node::Entry& entry : entries_of(*workspace.value, section)) {
        used.push_back(lookup.key_of(name, entry.key->text));
      }
    }
    for (const Node::Entry& entry : entries_of(*workspace.value, "devDependencies")) {
      developing.push_back(lookup.key_of(name, entry.key->text));
    }
  }
  return {graph, std::move(used), std::move(developing)};
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = json_object(file, "bun.lock", {"lockfileVersion", "packages"});
  if (!root) return tl::unexpected(root.error());
  const auto& workspaces = entries_of(**root, "workspaces");
  std::map<std::string_view, std::string_view> versions;  // of workspaces, by folder
  for (const Node::Entry& each : workspaces) {
    versions.emplace(each.key->text, field(*each.value, "version"));
  }
  Packages packages;
  for (const Node::Entry& each : entries_of(**root, "packages")) {
    packages.emplace(each.key->text, each.value);
  }
  const DevelopmentOnly for_developing = development_only(packages, workspaces);
  for (const auto& [key, row] : packages) {
    if (!row->is_sequence() || row->items.empty()) continue;
    const auto [name, locked] = npm::split_at(row->items.front()->str());
    std::string_view version = npm::is_version(locked) ? locked : std::string_view{};
    if (locked.starts_with("workspace:")) {
      const auto found = versions.find(locked.substr(10));
      if (found != versions.end()) version = found->second;
    }
    if (locked == "root:") continue;
    list.add(name, version, file.line_of(*row)).dev = for_developing.contains(key);
  }
  return {};
}

}  // namespace

const PackageReader& bun_lock() {
  static constexpr PackageReader kReader{.kind = "bun-lock",
                                         .ecosystem = "npm",
                                         .presence = Presence::kLocked,
                                         .files = "**/bun.lock",
                                         .read = read,
                                         .source = "https://bun.sh/docs/install/lockfile"};
  return kReader;
}

}  // namespace plimsoll::image::packages
