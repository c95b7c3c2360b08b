#include "parse/yaml_merge.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/limits.h"

namespace plimsoll::yaml {
namespace {

/// Numbers keys, the same text the same number. Each key node's text is compared once, however
/// often it is merged: long keys merged many times would otherwise cost their product.
class KeyNumbers {
 public:
  /// Collections and nulls are told apart by the node.
  std::size_t of(const Node& key) {
    const auto [known, is_new] = by_node_.try_emplace(&key, 0);
    if (is_new) known->second = key.is_scalar() ? of_text(key.text) : next_++;
    return known->second;
  }

 private:
  std::size_t of_text(std::string_view text) {
    const auto [found, is_new] = by_text_.try_emplace(text, next_);
    if (is_new) ++next_;
    return found->second;
  }

  std::unordered_map<const Node*, std::size_t> by_node_;
  std::map<std::string_view, std::size_t> by_text_;
  std::size_t next_ = 0;
};

class Merger {
 public:
  std::optional<TreeProblem> resolve(Node& mapping) {
    std::vector<Node::Entry> entries = std::exchange(mapping.entries, {});
    std::set<std::size_t> taken;
    for (const Node::Entry& entry : entries) {
      if (is_merge_key(*entry.key)) continue;
      taken.insert(keys_.of(*entry.key));
      mapping.entries.push_back(entry);
    }
    for (const Node::Entry& entry : entries) {
      if (!is_merge_key(*entry.key)) continue;
      if (auto problem = merge(mapping, entry, taken)) return problem;
    }
    return std::nullopt;
  }

 private:
  std::optional<TreeProblem> merge(Node& mapping, const Node::Entry& entry,
                                   std::set<std::size_t>& taken) {
    const Node& value = *entry.value;
    if (value.is_mapping()) return merge_one(mapping, value, entry.key->span, taken);
    if (!value.is_sequence()) return no_mapping(entry.key->span);
    for (const Node* const item : value.items) {
      if (!item->is_mapping()) return no_mapping(entry.key->span);
      if (auto problem = merge_one(mapping, *item, entry.key->span, taken)) return problem;
    }
    return std::nullopt;
  }

  std::optional<TreeProblem> merge_one(Node& mapping, const Node& from, Span place,
                                       std::set<std::size_t>& taken) {
    // Own entries of `from` with the same key: the last wins, and own ones beat merged ones.
    std::map<std::size_t, std::size_t> last;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < from.entries.size(); ++i) {
      if (++visited_ > limits::kYamlExpandedNodes) {
        return TreeProblem{ErrorCode::kLimit, place,
                           "merge keys bring in more than " +
                               std::to_string(limits::kYamlExpandedNodes) + " entries"};
      }
      const std::size_t key = keys_.of(*from.entries[i].key);
      if (taken.contains(key)) continue;
      if (last.insert_or_assign(key, i).second) order.push_back(key);
    }
    for (const std::size_t key : order) {
      taken.insert(key);
      const Node::Entry& entry = from.entries[last[key]];
      mapping.entries.push_back({.key = entry.key, .value = entry.value, .merged = true});
    }
    return std::nullopt;
  }

  static TreeProblem no_mapping(Span span) {
    return {ErrorCode::kInvalid, span, "'<<' takes a mapping or a list of mappings"};
  }

  KeyNumbers keys_;
  std::size_t visited_ = 0;
};

}  // namespace

bool is_merge_key(const Node& key) {
  return key.is_plain() && key.text == "<<" && (key.tag.empty() || key.tag == "!!merge");
}

std::optional<TreeProblem> resolve_merges(const std::vector<Node*>& mappings) {
  Merger merger;
  for (Node* const mapping : mappings) {
    if (auto problem = merger.resolve(*mapping)) return problem;
  }
  return std::nullopt;
}

}  // namespace plimsoll::yaml
