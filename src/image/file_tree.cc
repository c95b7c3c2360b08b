#include "image/file_tree.h"

#include <algorithm>
#include <utility>

#include "core/path.h"

namespace plimsoll::image {
namespace {

constexpr int kMostHops = 40;  // as Linux follows links

/// The parts of a path that are still to be walked, the next one last.
class Parts {
 public:
  explicit Parts(std::string_view path) { push(path); }
  /// Walked before what is left.
  void push(std::string_view path) {
    std::size_t end = path.size();
    while (end > 0) {
      const std::size_t slash = path.rfind('/', end - 1);
      const std::size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
      const std::string_view part = path.substr(begin, end - begin);
      if (!part.empty() && part != ".") parts_.push_back(part);
      end = begin == 0 ? 0 : begin - 1;
    }
  }
  [[nodiscard]] bool empty() const { return parts_.empty(); }
  std::string_view pop() {
    const std::string_view part = parts_.back();
    parts_.pop_back();
    return part;
  }

 private:
  std::vector<std::string_view> parts_;
};

}  // namespace

FileTree::FileTree() {
  nodes_.emplace_back();
}

FileTree::NodeId FileTree::child(NodeId parent, std::string_view name) const {
  const auto found = children_.find({parent, name});
  return found == children_.end() ? kNone : found->second;
}

FileTree::NodeId FileTree::make_child(NodeId parent, std::string_view name) {
  const auto id = static_cast<NodeId>(nodes_.size());
  Node& node = nodes_.emplace_back();
  node.name = name;
  node.parent = parent;
  node.next = nodes_[parent].first_child;
  if (node.next != kNone) nodes_[node.next].previous = id;
  nodes_[parent].first_child = id;
  children_.emplace(Key{parent, node.name}, id);
  return id;
}

bool FileTree::is_link(NodeId node) const {
  return nodes_[node].listed && entry(nodes_[node].id).type == Entry::Type::kSymbolicLink;
}

FileTree::NodeId FileTree::walk(std::string_view path, bool follow_last, NodeId from) const {
  Parts parts(path);
  NodeId at = path.starts_with('/') ? kRoot : from;
  int hops = 0;
  while (!parts.empty()) {
    const std::string_view part = parts.pop();
    if (part == "..") {
      if (at != kRoot) at = nodes_[at].parent;
      continue;
    }
    const NodeId next = child(at, part);
    if (next == kNone) return kNone;
    if (!is_link(next) || (parts.empty() && !follow_last)) {
      at = next;
      continue;
    }
    if (++hops > kMostHops) return kNone;
    const std::string_view target = entry(nodes_[next].id).link;
    if (target.starts_with('/')) at = kRoot;
    parts.push(target);
  }
  return at;
}

FileTree::NodeId FileTree::folder_for(std::string_view path) {
  if (last_folder_node_ != kNone && path == last_folder_) return last_folder_node_;
  last_folder_ = path;
  NodeId at = kRoot;
  Parts parts(path);
  while (!parts.empty()) {
    const std::string_view part = parts.pop();
    NodeId next = child(at, part);
    if (next == kNone) next = make_child(at, part);
    if (is_link(next)) {
      // One that leads nowhere is taken for the folder itself.
      const NodeId target = walk(entry(nodes_[next].id).link, true, at);
      if (target != kNone) next = target;
    }
    at = next;
  }
  last_folder_node_ = at;
  return at;
}

void FileTree::add(const LayerEntries& layer) {
  const auto number = static_cast<std::uint32_t>(layers_.size());
  layers_.push_back(&layer);
  is_listed_ = false;
  listed_.clear();
  children_.reserve(children_.size() + layer.entries.size());
  // A mark is about lower layers only, wherever in the tar it stands.
  for (const std::string& path : layer.removed) {
    const NodeId node = walk(path, false, kRoot);
    if (node == kNone || node == kRoot) continue;
    hide(node, number, true);
    remove(node);
  }
  for (const std::string& path : layer.emptied) {
    const NodeId node = walk(path, true, kRoot);
    if (node != kNone) hide_below(node, number, true);
  }
  for (std::size_t i = 0; i < layer.entries.size(); ++i) {
    place(layer.entries[i], {number, static_cast<std::uint32_t>(i)});
  }
}

void FileTree::place(const Entry& entry, EntryId id) {
  if (entry.path.empty()) {
    nodes_[kRoot].id = id;
    return;
  }
  const std::string_view folder = path::folder(entry.path);
  const NodeId parent = folder_for(folder == "." ? std::string_view() : folder);
  const std::string_view name = path::name(entry.path);
  NodeId node = child(parent, name);
  const bool is_folder = entry.type == Entry::Type::kFolder;
  if (node == kNone) {
    node = make_child(parent, name);
  } else if (is_folder &&
             (!nodes_[node].listed || this->entry(nodes_[node].id).type == Entry::Type::kFolder)) {
    // What the folder holds stays.
  } else {
    hide(node, id.layer, false);
    hide_below(node, id.layer, true);
  }
  nodes_[node].listed = true;
  nodes_[node].id = id;
  if (entry.type == Entry::Type::kSymbolicLink) last_folder_node_ = kNone;
  if (entry.type != Entry::Type::kHardLink) return;
  // Another name of the same file: there is one content, and one set of permissions.
  const NodeId target = walk(entry.link, false, kRoot);
  if (target != kNone && target != node && nodes_[target].listed) {
    nodes_[node].id = nodes_[target].id;
  }
}

void FileTree::hide(NodeId node, std::uint32_t by, bool removed) {
  const Node& hidden = nodes_[node];
  if (hidden.listed && entry(hidden.id).type == Entry::Type::kFile) {
    hidden_.push_back({hidden.id, by, removed});
  }
}

void FileTree::hide_below(NodeId node, std::uint32_t by, bool removed) {
  last_folder_node_ = kNone;
  std::vector<NodeId> pending{node};
  while (!pending.empty()) {
    Node& at = nodes_[pending.back()];
    pending.pop_back();
    for (NodeId each = at.first_child; each != kNone; each = nodes_[each].next) {
      hide(each, by, removed);
      pending.push_back(each);
      children_.erase({nodes_[each].parent, nodes_[each].name});
    }
    at.first_child = kNone;
  }
}

void FileTree::remove(NodeId node) {
  hide_below(node, static_cast<std::uint32_t>(layers_.size() - 1), true);
  Node& gone = nodes_[node];
  children_.erase({gone.parent, gone.name});
  if (gone.previous != kNone) {
    nodes_[gone.previous].next = gone.next;
  } else {
    nodes_[gone.parent].first_child = gone.next;
  }
  if (gone.next != kNone) nodes_[gone.next].previous = gone.previous;
}

std::optional<EntryId> FileTree::find(std::string_view path) const {
  const NodeId node = walk(path, true, kRoot);
  if (node == kNone || !nodes_[node].listed) return std::nullopt;
  return nodes_[node].id;
}

std::string FileTree::path_of(NodeId node) const {
  std::vector<std::string_view> names;
  for (; node != kRoot; node = nodes_[node].parent) names.push_back(nodes_[node].name);
  std::string path;
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    if (!path.empty()) path += '/';
    path += *name;
  }
  return path;
}

std::string FileTree::real_path(std::string_view path) const {
  const NodeId node = walk(path, true, kRoot);
  return node == kNone ? std::string() : path_of(node);
}

void FileTree::sort_children() const {
  std::vector<NodeId> order;
  for (const Node& node : nodes_) {
    order.clear();
    for (NodeId each = node.first_child; each != kNone; each = nodes_[each].next) {
      order.push_back(each);
    }
    if (order.size() < 2) continue;
    std::sort(order.begin(), order.end(),
              [this](NodeId a, NodeId b) { return nodes_[a].name < nodes_[b].name; });
    NodeId previous = kNone;
    for (const NodeId each : order) {
      nodes_[each].previous = previous;
      if (previous == kNone) {
        node.first_child = each;
      } else {
        nodes_[previous].next = each;
      }
      previous = each;
    }
    nodes_[previous].next = kNone;
  }
}

void FileTree::for_each(
    const std::function<void(const std::string& path, EntryId id)>& visit) const {
  if (!is_listed_) list();
  for (const auto& [path, id] : listed_) visit(path, id);
}

void FileTree::list() const {
  sort_children();
  is_listed_ = true;
  listed_.reserve(nodes_.size());
  std::string path;
  NodeId at = nodes_[kRoot].first_child;
  while (at != kNone) {
    const Node& node = nodes_[at];
    const std::size_t parent_size = path.size();
    if (parent_size > 0) path += '/';
    path += node.name;
    if (node.listed) listed_.emplace_back(path, node.id);
    if (node.first_child != kNone) {
      at = node.first_child;
      continue;
    }
    path.resize(parent_size);
    // Up to where something follows.
    while (at != kNone && nodes_[at].next == kNone) {
      at = nodes_[at].parent;
      if (at == kRoot) return;
      const std::size_t own = nodes_[at].name.size();
      path.resize(path.size() > own ? path.size() - own - 1 : 0);
    }
    at = nodes_[at].next;
  }
}

}  // namespace plimsoll::image
