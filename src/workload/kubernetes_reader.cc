#include "workload/kubernetes_reader.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"

namespace plimsoll::kubernetes {
namespace {

/// Templates stand near the start; a bound keeps aliases to one long text from being scanned often.
constexpr std::size_t kScannedBytes = 4096;

bool expands_at(std::string_view text, std::size_t dollar) {
  if (dollar + 1 == text.size()) return false;
  const char next = text[dollar + 1];
  return next == '(' || next == '{' || ascii::is_name_start(next);
}

}  // namespace

const Node::Entry* present(const Node* mapping, std::string_view key) {
  if (mapping == nullptr) return nullptr;
  const Node::Entry* entry = mapping->find_entry(key);
  return entry == nullptr || entry->value == nullptr || entry->value->is_null() ? nullptr : entry;
}

const Node* child(const Node* mapping, std::string_view key) {
  const Node::Entry* entry = present(mapping, key);
  return entry == nullptr ? nullptr : entry->value;
}

std::span<const Node* const> elements(const Node* mapping, std::string_view key) {
  const Node* list = child(mapping, key);
  if (list == nullptr || !list->is_sequence()) return {};
  return list->items;
}

bool is_template(std::string_view text) {
  text = text.substr(0, kScannedBytes);
  if (ascii::contains(text, "{{")) return true;
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    if (expands_at(text, at)) return true;
  }
  return false;
}

std::optional<bool> bool_of(const Node& node) {
  return node.is_plain() ? node.as_bool() : std::nullopt;
}

std::optional<std::int64_t> integer_of(const Node& node) {
  return node.is_plain() ? node.as_int() : std::nullopt;
}

std::optional<std::string_view> text_of(const Node& node) {
  if (!node.is_scalar() || is_template(node.text)) return std::nullopt;
  return node.text;
}

Place place_of(const SourceFile& file, const Node::Entry& entry) {
  return {&file, entry.value->span.empty() ? entry.key->span : entry.value->span};
}

bool Reader::charge(std::size_t bytes) {
  if (exhausted_ || bytes > limits::kManifestModelBytes - used_) {
    exhausted_ = true;
    return false;
  }
  used_ += bytes;
  return true;
}

bool Reader::admit_container() {
  if (++containers_ > limits::kManifestContainers) exhausted_ = true;
  return !exhausted_;
}

std::string Reader::copy(std::string_view text) {
  return charge(text.size()) ? std::string(text) : std::string();
}

void Reader::problem(ErrorCode code, Span span, std::string message) {
  out_->problems.push_back({code, span, std::move(message)});
}

template <class T, class Convert>
Value<T> Reader::read(const Node* mapping, std::string_view key, Convert convert) const {
  Value<T> result;
  if (mapping != nullptr && !mapping->is_mapping()) {
    result.origin = Origin::kUnknown;
    result.place = place(*mapping);
    return result;
  }
  const Node::Entry* entry = present(mapping, key);
  if (entry == nullptr) return result;
  result.place = place(*entry);
  const auto known = convert(*entry->value);
  result.origin = !known ? Origin::kUnknown : entry->merged ? Origin::kInherited : Origin::kSet;
  if (known) result.value = T(*known);
  return result;
}

Value<bool> Reader::boolean(const Node* mapping, std::string_view key) const {
  return read<bool>(mapping, key, bool_of);
}

Value<std::optional<bool>> Reader::tristate(const Node* mapping, std::string_view key) const {
  return read<std::optional<bool>>(mapping, key, bool_of);
}

Value<std::int64_t> Reader::integer(const Node* mapping, std::string_view key) const {
  return read<std::int64_t>(mapping, key, integer_of);
}

Value<std::string> Reader::text(const Node* mapping, std::string_view key) {
  return read<std::string>(mapping, key, [this](const Node& node) {
    const auto text = text_of(node);
    return text && charge(text->size()) ? text : std::nullopt;
  });
}

void Reader::add(Items& items, std::string value, Place place) {
  if (!charge(sizeof(Item))) return;
  items.items.push_back({std::move(value), place});
}

Items Reader::texts(const Node* mapping, std::string_view key) {
  Items result;
  const auto list = read<bool>(mapping, key, [](const Node& node) {
    return node.is_sequence() ? std::optional(true) : std::nullopt;
  });
  result.origin = list.origin;
  result.place = list.place;
  for (const Node* element : elements(mapping, key)) {
    if (const auto text = text_of(*element)) {
      add(result, copy(*text), place(*element));
    } else {
      result.origin = Origin::kUnknown;
    }
  }
  return result;
}

Items Reader::inherit(const Items& from_pod) {
  std::size_t bytes = from_pod.items.size() * sizeof(Item);
  for (const Item& item : from_pod.items) bytes += item.value.size();
  if (!charge(bytes)) return {};
  Items inherited = from_pod;
  if (inherited.origin == Origin::kSet) inherited.origin = Origin::kInherited;
  return inherited;
}

}  // namespace plimsoll::kubernetes
