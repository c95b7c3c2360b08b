#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parse/node.h"

namespace plimsoll::image {

/// The scalar `key` of a mapping; "" when there is none.
[[nodiscard]] inline std::string_view field(const Node& node, std::string_view key) {
  const Node* value = node.find(key);
  return value == nullptr ? std::string_view{} : value->str();
}

/// A mapping's or sequence's nodes below `key`; none when it is something else.
[[nodiscard]] inline const std::vector<Node::Entry>& entries_of(const Node& node,
                                                                std::string_view key) {
  static const std::vector<Node::Entry> kNone;
  const Node* value = node.find(key);
  return value == nullptr ? kNone : value->entries;
}
[[nodiscard]] inline const std::vector<const Node*>& items_of(const Node& node,
                                                              std::string_view key) {
  static const std::vector<const Node*> kNone;
  const Node* value = node.find(key);
  return value == nullptr ? kNone : value->items;
}

[[nodiscard]] inline bool is_true(const Node& node, std::string_view key) {
  const Node* value = node.find(key);
  return value != nullptr && value->as_bool().value_or(false);
}

/// One text or a list of them.
[[nodiscard]] inline std::vector<std::string> texts(const Node* node) {
  std::vector<std::string> all;
  if (node == nullptr) return all;
  if (!node->str().empty()) all.emplace_back(node->str());
  for (const Node* item : node->items) {
    if (!item->str().empty()) all.emplace_back(item->str());
  }
  return all;
}

}  // namespace plimsoll::image
