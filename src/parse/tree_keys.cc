#include "parse/tree_keys.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace plimsoll {
namespace {

/// Below this, comparing all pairs beats sorting.
constexpr std::size_t kFew = 8;

bool comparable(const Node& key) {
  return key.is_scalar() || key.is_null();
}

/// Nulls are one key however they are written (`~`, `null`, nothing).
bool same_key(const Node& a, const Node& b) {
  if (!comparable(a) || a.kind != b.kind) return false;
  return a.is_null() || a.text == b.text;
}

void mark(Tree& tree, const Node::Entry& first, Node::Entry& second) {
  second.duplicate = true;
  tree.duplicates.push_back({second.key->text, first.key->span, second.key->span});
}

void mark_by_pairs(Tree& tree, std::vector<Node::Entry>& entries) {
  for (std::size_t i = 1; i < entries.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!same_key(*entries[j].key, *entries[i].key)) continue;
      mark(tree, entries[j], entries[i]);
      break;
    }
  }
}

void mark_by_sorting(Tree& tree, std::vector<Node::Entry>& entries) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (comparable(*entries[i].key)) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&entries](std::size_t a, std::size_t b) {
    const Node& x = *entries[a].key;
    const Node& y = *entries[b].key;
    if (x.kind != y.kind) return x.kind < y.kind;
    const int by_text = x.is_null() ? 0 : x.text.compare(y.text);
    return by_text != 0 ? by_text < 0 : a < b;
  });
  for (std::size_t i = 0; i < order.size();) {
    const Node::Entry& first = entries[order[i]];
    for (++i; i < order.size() && same_key(*first.key, *entries[order[i]].key); ++i) {
      mark(tree, first, entries[order[i]]);
    }
  }
}

}  // namespace

void mark_duplicates(Tree& tree, Node& mapping) {
  if (mapping.entries.size() <= kFew) {
    mark_by_pairs(tree, mapping.entries);
  } else {
    mark_by_sorting(tree, mapping.entries);
  }
}

}  // namespace plimsoll
