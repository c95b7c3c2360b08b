#include <set>

#include "image/conan_reference.h"
#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

void add(std::string_view text, bool dev, const PackageFile& file, const Node& node,
         PackageList& list) {
  const auto reference = parse_conan_reference(text);
  if (!reference) return;
  list.add(reference->name, reference->version, file.line_of(node)).dev = dev;
}

/// Which nodes some other needs to run, not only to build itself.
std::set<std::string_view> needed_nodes(const Node& nodes) {
  std::set<std::string_view> needed;
  for (const Node::Entry& node : nodes.entries) {
    const Node* requires_ = node.value->find("requires");
    if (requires_ == nullptr) continue;
    for (const Node* id : requires_->items) needed.insert(id->str());
    // Until version 0.2 it was a mapping of references to ids.
    for (const Node::Entry& each : requires_->entries) needed.insert(each.value->str());
  }
  return needed;
}

/// Conan 1: a graph, in which the project itself is the node with a path.
void read_graph(const PackageFile& file, const Node& nodes, PackageList& list) {
  const std::set<std::string_view> needed = needed_nodes(nodes);
  for (const Node::Entry& node : nodes.entries) {
    if (node.value->find("path") != nullptr) continue;
    const Node* reference = node.value->find("ref");
    if (reference == nullptr) reference = node.value->find("pref");
    if (reference == nullptr) continue;
    const bool dev = !needed.contains(node.key->str()) || field(*node.value, "context") == "build";
    add(reference->str(), dev, file, *reference, list);
  }
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = json_object(file, "conan.lock",
                                {"requires", "graph_lock", "build_requires", "python_requires"});
  if (!root) return tl::unexpected(root.error());
  if (const Node* nodes = (*root)->at({"graph_lock", "nodes"})) read_graph(file, *nodes, list);
  for (const std::string_view section :
       {"requires", "build_requires", "python_requires", "config_requires"}) {
    for (const Node* each : items_of(**root, section)) {
      // The first revisions of the format wrote [reference, options] in place of a reference.
      const Node* text = each->is_sequence() && !each->items.empty() ? each->items.front() : each;
      add(text->str(), section != "requires", file, *each, list);
    }
  }
  return {};
}

}  // namespace

const PackageReader& conan_lock() {
  static constexpr PackageReader kReader{
      .kind = "conan-lock",
      .ecosystem = "ConanCenter",
      .presence = Presence::kLocked,
      .files = "**/conan.lock",
      .read = read,
      .source = "https://docs.conan.io/2/tutorial/versioning/lockfiles.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
