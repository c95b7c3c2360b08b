#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "core/bug.h"
#include "parse/node.h"

/// What holds for every Tree of every input. For fuzz targets; each breach is our bug.
namespace plimsoll {

inline bool in_parent(const Node& parent, const Node& child) {
  // An alias points elsewhere; everything else lies inside.
  return child.shared || parent.span.contains(child.span);
}

inline void check_scalar(const Tree& tree, const Node& node) {
  if (!node.is_plain()) return;
  const std::string_view slice = tree.source->slice(node.span);
  const bool one_line = slice.find_first_of("\r\n") == std::string_view::npos;
  if (one_line && slice != node.text) PL_BUG("a plain scalar's slice is not its text");
}

inline void check_node(const Tree& tree, const Node& node) {
  const std::size_t size = tree.source->text().size();
  if (node.span.begin > node.span.end || node.span.end > size) PL_BUG("span outside the file");
  check_scalar(tree, node);
  for (const Node* const item : node.items) {
    if (!in_parent(node, *item)) PL_BUG("item outside its sequence");
  }
  bool merged = false;
  for (const Node::Entry& entry : node.entries) {
    if (entry.merged) {
      merged = true;
      continue;
    }
    if (merged) PL_BUG("own entry after a merged one");
    if (!in_parent(node, *entry.key) || !in_parent(node, *entry.value)) {
      PL_BUG("entry outside its mapping");
    }
  }
}

/// Every node once, however often it is referred to.
inline void check_tree(const Tree& tree) {
  std::set<const Node*> seen;
  std::vector<const Node*> open;
  const auto visit = [&seen, &open](const Node* node) {
    if (node == nullptr) PL_BUG("null node");
    if (seen.insert(node).second) open.push_back(node);
  };
  for (const Document& document : tree.documents) {
    if (document.span.begin > document.span.end) PL_BUG("document span backwards");
    visit(document.root);
  }
  while (!open.empty()) {
    const Node& node = *open.back();
    open.pop_back();
    check_node(tree, node);
    for (const Node* const item : node.items) visit(item);
    for (const Node::Entry& entry : node.entries) {
      visit(entry.key);
      visit(entry.value);
    }
  }
  for (const TreeProblem& problem : tree.problems) {
    if (problem.span.end > tree.source->text().size()) PL_BUG("problem outside the file");
    if (problem.message.empty()) PL_BUG("problem without a message");
  }
  std::uint32_t last = 0;
  for (const TreeComment& comment : tree.comments) {
    if (comment.span.begin < last) PL_BUG("comments overlap or are out of order");
    last = comment.span.end;
  }
}

}  // namespace plimsoll
