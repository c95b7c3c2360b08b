#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "image/layer.h"

namespace plimsoll::image {

/// An entry of some layer of an image.
struct EntryId {
  std::uint32_t layer = 0;
  std::uint32_t entry = 0;  ///< index of LayerEntries::entries
  friend bool operator==(const EntryId&, const EntryId&) = default;
};

/// A file that an image carries and no container sees.
struct HiddenFile {
  EntryId file;
  std::uint32_t by = 0;  ///< the layer that removed or replaced it
  bool removed = false;  ///< no other stands in its place
};

/// The files of an image as a container sees them: layers on top of each other, links resolved as
/// the kernel would in a chroot.
class FileTree {
 public:
  FileTree();

  /// Layers from the lowest up; they must outlive the tree.
  void add(const LayerEntries& layer);

  /// Of the file or folder that is there; links are followed, also the last, at most 40.
  [[nodiscard]] std::optional<EntryId> find(std::string_view path) const;
  /// The path that a file really has: "usr/lib/x" of "lib/x" where lib is a link. "" when nothing
  /// is there.
  [[nodiscard]] std::string real_path(std::string_view path) const;

  /// Everything but folders that no layer lists, parents before children, names in order. From
  /// several threads only once it was called from one.
  void for_each(const std::function<void(const std::string& path, EntryId id)>& visit) const;
  /// In no order that means anything.
  [[nodiscard]] const std::vector<HiddenFile>& hidden() const { return hidden_; }
  [[nodiscard]] const Entry& entry(EntryId id) const {
    return layers_[id.layer]->entries[id.entry];
  }
  [[nodiscard]] std::size_t layers() const { return layers_.size(); }

 private:
  using NodeId = std::uint32_t;
  static constexpr NodeId kNone = 0xffffffff;
  static constexpr NodeId kRoot = 0;
  struct Node {
    std::string name;
    NodeId parent = kNone;
    mutable NodeId first_child = kNone;
    mutable NodeId next = kNone;  ///< the next child of the same parent
    mutable NodeId previous = kNone;
    bool listed = false;  ///< `id` says what it is; else a folder that no layer lists
    EntryId id;
  };
  struct Key {
    NodeId parent;
    std::string_view name;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const {
      return std::hash<std::string_view>()(key.name) ^ (key.parent * 0x9e3779b97f4a7c15ULL);
    }
  };

  [[nodiscard]] NodeId child(NodeId parent, std::string_view name) const;
  NodeId make_child(NodeId parent, std::string_view name);
  [[nodiscard]] bool is_link(NodeId node) const;
  /// @param follow_last  also where the last part is a link
  /// @param from         where a path without leading slash starts
  [[nodiscard]] NodeId walk(std::string_view path, bool follow_last, NodeId from) const;
  /// The folder that an entry below this path belongs into, made where it is not there.
  NodeId folder_for(std::string_view path);
  void place(const Entry& entry, EntryId id);
  void hide(NodeId node, std::uint32_t by, bool removed);
  /// Takes all below it away.
  void hide_below(NodeId node, std::uint32_t by, bool removed);
  void remove(NodeId node);
  [[nodiscard]] std::string path_of(NodeId node) const;
  void sort_children() const;
  void list() const;

  std::vector<const LayerEntries*> layers_;
  // They stay where they are: the keys of `children_` look into their names.
  std::deque<Node> nodes_;
  std::unordered_map<Key, NodeId, KeyHash> children_;
  std::vector<HiddenFile> hidden_;
  // Entries of one folder follow each other: where the last one went.
  std::string last_folder_;
  NodeId last_folder_node_ = kNone;
  /// What for_each() shows, made at its first call: many ask.
  mutable std::vector<std::pair<std::string, EntryId>> listed_;
  mutable bool is_listed_ = false;
};

}  // namespace plimsoll::image
