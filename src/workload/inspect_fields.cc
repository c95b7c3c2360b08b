#include "workload/inspect_fields.h"

#include <algorithm>

namespace plimsoll::inspect {

std::string string_at(const Node& node, std::string_view key) {
  const Node* found = node.find(key);
  return std::string(found != nullptr ? found->str() : std::string_view{});
}

std::vector<std::string> words(const Node* node) {
  if (is_absent(node)) return {};
  if (node->is_scalar()) return {std::string(node->text)};
  std::vector<std::string> result;
  for (const Node* item : node->items) result.emplace_back(item->str());
  return result;
}

void Fields::text(Value<std::string>& value, const Node* node, std::string_view absent) const {
  if (is_absent(node)) return;
  if (!node->is_scalar()) {
    value = {{}, Origin::kUnknown, place(*node)};
  } else if (node->text != absent && !node->text.empty()) {
    value = {std::string(node->text), Origin::kSet, place(*node)};
  }
}

void Fields::boolean(Value<bool>& value, const Node* node) const {
  if (is_absent(node)) return;
  const std::optional<bool> read = node->as_bool();
  value = {read.value_or(false), read ? Origin::kSet : Origin::kUnknown, place(*node)};
}

void Fields::list(Items& items, const Node* node) const {
  each(node, &items, [&items](const run::Argument& item) { run::add_item(items, item); });
  if (items.origin == Origin::kSet) items.place = place(*node);
}

void Fields::pairs(Items& items, const Node* node) const {
  if (is_absent(node)) return;
  if (!node->is_mapping()) return forget(&items, *node);
  for (const Node::Entry& entry : node->entries) {
    const Span span{entry.key->span.begin, std::max(entry.key->span.end, entry.value->span.end)};
    const std::string pair = std::string(entry.key->str()) + '=' + std::string(entry.value->str());
    run::add_item(items, run::Argument::of(pair, {&file_, span}));
  }
}

void Fields::forget(Items* items, const Node& node) const {
  if (items == nullptr) return;
  items->origin = Origin::kUnknown;
  if (items->place.file == nullptr) items->place = place(node);
}

}  // namespace plimsoll::inspect
