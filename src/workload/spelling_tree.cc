#include <optional>

#include "workload/spelling_form.h"

namespace plimsoll::spelling {
namespace {

/// Deep enough for every form; what lies deeper is no setting.
constexpr int kDepth = 24;

bool is_at(const Node& node, Span span) {
  return node.span == span || (node.span.contains(span) && node.is_scalar());
}

std::optional<Edits> search(const SourceFile& file, const Node& node, Span span, int depth) {
  if (depth > kDepth || !node.span.contains(span)) return std::nullopt;
  if (node.is_mapping()) {
    for (const Node::Entry& entry : node.entries) {
      if (entry.merged || !node.span.contains(entry.value->span)) continue;
      if (entry.key->span == span || is_at(*entry.value, span)) {
        return yaml::remove(file, node, entry.key->text);
      }
      if (entry.value->is_sequence()) {
        for (std::size_t i = 0; i < entry.value->items.size(); ++i) {
          const Node& item = *entry.value->items[i];
          if (is_at(item, span)) return yaml::remove_item(file, node, entry.key->text, i);
        }
      }
      auto found = search(file, *entry.value, span, depth + 1);
      if (!found) continue;
      // An empty mapping says nothing either: it goes with its last entry.
      return *found ? found : yaml::remove(file, node, entry.key->text);
    }
    return std::nullopt;
  }
  for (const Node* item : node.items) {
    if (!node.span.contains(item->span)) continue;
    if (auto found = search(file, *item, span, depth + 1)) return found;
  }
  return std::nullopt;
}

}  // namespace

Edits take_out_of_tree(const SourceFile& file, const Node& root, Span span) {
  if (auto found = search(file, root, span, 0)) return *std::move(found);
  return refuse("it is written elsewhere");
}

}  // namespace plimsoll::spelling
