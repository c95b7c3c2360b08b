#include <set>
#include <utility>

#include "core/ascii.h"
#include "image/dependency_graph.h"
#include "image/node_field.h"
#include "image/npm_manifest.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

struct Spec {
  std::string_view name;
  std::string_view version;
};

/// "name@1.0.0(peer@2)", in version 6 with a '/' or "registry.example/" before it.
Spec spec_by_at(std::string_view key) {
  const std::string_view host = key.substr(0, key.find('/'));
  const bool has_host = host.size() < key.size() && !ascii::contains(host, "@") &&
                        (host.empty() || ascii::contains(host, "."));
  if (has_host) key.remove_prefix(host.size() + 1);
  const auto [name, rest] = npm::split_at(key.substr(0, key.find('(')));
  return {name, rest};
}

/// Up to version 5.4: "/@scope/name/1.0.0_peer@2" or "registry.example/name/1.0.0/peer@2".
Spec spec_by_slash(std::string_view key) {
  key = key.substr(key.find('/') + 1);
  std::size_t end = key.find('/');
  if (key.starts_with('@') && end != std::string_view::npos) end = key.find('/', end + 1);
  if (end == std::string_view::npos) return {};
  const std::string_view rest = key.substr(end + 1);
  return {key.substr(0, end), rest.substr(0, rest.find_first_of("_/"))};
}

/// "5.4", 5.4, "9.0".
int major_version(const Node& root) {
  const std::string_view text = field(root, "lockfileVersion");
  int major = 0;
  for (const char c : text.substr(0, 3)) {
    if (!ascii::is_digit(c)) break;
    major = major * 10 + (c - '0');
  }
  return major;
}

/// What `dependencies` of an importer or snapshot name, as keys of `snapshots`.
void add_keys(const Node& owner, std::string_view section, std::vector<std::string>& keys) {
  for (const Node::Entry& entry : entries_of(owner, section)) {
    const std::string_view version =
        entry.value->is_mapping() ? field(*entry.value, "version") : entry.value->str();
    const std::string_view bare = version.substr(0, version.find('('));
    // An alias says what it stands for: "real@1.0.0".
    const bool is_key = bare.find('@', 1) != std::string_view::npos && !ascii::contains(bare, ":");
    keys.push_back(is_key ? std::string(version)
                          : std::string(entry.key->text) + '@' + std::string(version));
  }
}

/// Since version 9 nothing is marked. By key of `packages`, which leaves peers out.
DevelopmentOnly development_only(const Node& root) {
  DependencyGraph graph;
  for (const Node::Entry& snapshot : entries_of(root, "snapshots")) {
    const std::string_view key = snapshot.key->text;
    std::vector<std::string> needed;
    add_keys(*snapshot.value, "dependencies", needed);
    add_keys(*snapshot.value, "optionalDependencies", needed);
    for (const std::string& each : needed) graph.add(key, each);
    const std::size_t peers = key.find('(');
    if (peers != std::string_view::npos) graph.add(key, key.substr(0, peers));
  }
  std::vector<std::string> used;
  std::vector<std::string> developing;
  for (const Node::Entry& importer : entries_of(root, "importers")) {
    add_keys(*importer.value, "dependencies", used);
    add_keys(*importer.value, "optionalDependencies", used);
    add_keys(*importer.value, "devDependencies", developing);
  }
  return {graph, std::move(used), std::move(developing)};
}

/// Name and version, joined.
using Listed = std::set<std::string, std::less<>>;

std::string joined(std::string_view name, std::string_view version) {
  return std::string(name) + '@' + std::string(version);
}

/// What an importer needs itself, as it was resolved: in a lock that was cut it stands nowhere
/// else.
void add_direct(PackageFile& file, const Node& importer, Listed& listed, PackageList& list) {
  for (const std::string_view section : {"dependencies", "optionalDependencies"}) {
    for (const Node::Entry& entry : entries_of(importer, section)) {
      std::string_view version =
          entry.value->is_mapping() ? field(*entry.value, "version") : entry.value->str();
      version = version.substr(0, version.find_first_of("(_"));
      const std::string_view name = entry.key->text;
      if (!npm::is_version(version) || !listed.insert(joined(name, version)).second) continue;
      list.add(name, version, file.line_of(*entry.key));
    }
  }
}

void read_document(PackageFile& file, const Node& root, PackageList& list) {
  const int major = major_version(root);
  const DevelopmentOnly for_developing = development_only(root);
  Listed listed;
  for (const auto& [key, value, merged, duplicate] : entries_of(root, "packages")) {
    const Spec spec = major >= 6 ? spec_by_at(key->text) : spec_by_slash(key->text);
    std::string_view name = field(*value, "name");
    std::string_view version = field(*value, "version");
    // Packages from Git, folders and archives have addresses as keys, and often a name of their
    // own.
    const bool is_address = !npm::is_version(spec.version);
    if (name.empty() && (major >= 6 || !is_address)) name = spec.name;
    if (version.empty() && !is_address) version = spec.version;
    if (name.empty() || ascii::contains(name, ":")) continue;
    listed.insert(joined(name, version));
    list.add(name, version, file.line_of(*key)).dev =
        is_true(*value, "dev") || for_developing.contains(key->text);
  }
  add_direct(file, root, listed, list);
  for (const Node::Entry& importer : entries_of(root, "importers")) {
    add_direct(file, *importer.value, listed, list);
  }
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto tree = parse_yaml(file.source());
  if (tree->documents.empty()) {
    const auto root = file.yaml();
    return root ? Result<void>{} : tl::unexpected(root.error());
  }
  // Of two documents the first locks pnpm itself.
  const Node& root = *tree->documents.back().root;
  if (root.find("lockfileVersion") == nullptr && root.find("shrinkwrapVersion") == nullptr) {
    return fail(ErrorCode::kInvalid, "no pnpm-lock.yaml: it has no lockfileVersion", file.path());
  }
  read_document(file, root, list);
  return {};
}

}  // namespace

const PackageReader& pnpm_lock() {
  static constexpr PackageReader kReader{
      .kind = "pnpm-lock",
      .ecosystem = "npm",
      .presence = Presence::kLocked,
      .files = "**/pnpm-lock.yaml",
      .read = read,
      .source = "https://github.com/pnpm/spec/tree/master/lockfile"};
  return kReader;
}

}  // namespace plimsoll::image::packages
