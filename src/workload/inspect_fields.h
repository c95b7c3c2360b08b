#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parse/node.h"
#include "workload/run/argument.h"
#include "workload/run/values.h"
#include "workload/workload.h"

namespace plimsoll::inspect {

[[nodiscard]] inline bool is_absent(const Node* node) {
  return node == nullptr || node->is_null();
}

/// Null for an absent mapping too.
[[nodiscard]] inline const Node* find(const Node* mapping, std::string_view key) {
  return mapping != nullptr ? mapping->find(key) : nullptr;
}

/// The text of an entry; "" when it is absent or no scalar.
[[nodiscard]] std::string string_at(const Node& node, std::string_view key);

/// A sequence's texts; a scalar is one (Podman before 5 wrote Entrypoint so).
[[nodiscard]] std::vector<std::string> words(const Node* node);

/// Calls `read` for each mapping of a sequence.
template <class Read>
void for_each_object(const Node* list, Read read) {
  if (is_absent(list) || !list->is_sequence()) return;
  for (const Node* item : list->items) {
    if (item->is_mapping()) read(*item);
  }
}

/// Reads JSON values into settings. Absent and null leave a setting at its default; a wrong type
/// makes it kUnknown.
class Fields {
 public:
  explicit Fields(const SourceFile& file) : file_(file) {}

  [[nodiscard]] Place place(const Node& node) const { return {&file_, node.span}; }
  [[nodiscard]] run::Argument argument(const Node& node) const {
    return run::Argument::of(node.str(), place(node));
  }

  /// "" and `absent` are what the engine writes when nothing was asked for.
  void text(Value<std::string>& value, const Node* node, std::string_view absent = "") const;
  void boolean(Value<bool>& value, const Node* node) const;
  void list(Items& items, const Node* node) const;
  /// {"key": "value"} as "key=value".
  void pairs(Items& items, const Node* node) const;

  /// nullopt when it is absent, not a number (then `value` is unknown) or means "none".
  template <class T>
  [[nodiscard]] std::optional<std::int64_t> positive(Value<T>& value, const Node* node) const {
    if (is_absent(node)) return std::nullopt;
    const std::optional<std::int64_t> read = node->as_int();
    if (!read) value = {T{}, Origin::kUnknown, place(*node)};
    return read.value_or(0) > 0 ? read : std::nullopt;
  }

  /// Calls `read` with each text of a sequence; anything else makes `items` unknown.
  template <class Read>
  void each(const Node* node, Items* items, Read read) const {
    if (is_absent(node)) return;
    if (!node->is_sequence()) return forget(items, *node);
    for (const Node* item : node->items) {
      if (item->is_scalar()) {
        read(argument(*item));
      } else {
        forget(items, *item);
      }
    }
  }

 private:
  void forget(Items* items, const Node& node) const;

  const SourceFile& file_;
};

}  // namespace plimsoll::inspect
