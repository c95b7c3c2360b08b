#include "check/manifest.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::check::manifest {
namespace {

std::optional<bool> holds(const Node& expression, const Node* labels) {
  const Node* const key = expression.find("key");
  const Node* const verb = expression.find("operator");
  if (key == nullptr || verb == nullptr) return std::nullopt;
  const Node* const value = child(labels, key->str());
  const std::string_view how = verb->str();
  if (how == "Exists") return value != nullptr;
  if (how == "DoesNotExist") return value == nullptr;
  if (how != "In" && how != "NotIn") return std::nullopt;
  const auto values = elements(expression.find("values"));
  const bool listed = value != nullptr &&
                      std::any_of(values.begin(), values.end(),
                                  [value](const Node* one) { return one->str() == value->str(); });
  return listed == (how == "In");
}

}  // namespace

std::span<const Node* const> elements(const Node* node) {
  if (node == nullptr || !node->is_sequence()) return {};
  return node->items;
}

std::span<const Node::Entry> entries(const Node* node) {
  if (node == nullptr || !node->is_mapping()) return {};
  return node->entries;
}

const Node* child(const Node* node, std::string_view key) {
  return node == nullptr ? nullptr : node->find(key);
}

bool is_present(const Node* node) {
  return node != nullptr && !node->is_null();
}

bool is_template(std::string_view text) {
  return ascii::contains(text, "{{") || ascii::contains(text, "${") || ascii::contains(text, "$(");
}

std::string_view api_group(const kubernetes::Object& object) {
  const std::size_t slash = object.api_version.find('/');
  return slash == std::string_view::npos ? std::string_view{} : object.api_version.substr(0, slash);
}

std::string_view label(const Node* metadata, std::string_view key) {
  const Node* const value = child(child(metadata, "labels"), key);
  return value == nullptr ? std::string_view{} : value->str();
}

std::optional<bool> has_labels(const Node* wanted, const Node* labels) {
  for (const Node::Entry& one : entries(wanted)) {
    if (is_template(one.key->str()) || is_template(one.value->str())) return std::nullopt;
    const Node* const value = child(labels, one.key->str());
    if (value == nullptr) return false;
    if (value->str() == one.value->str()) continue;
    return is_template(value->str()) ? std::nullopt : std::optional(false);
  }
  return true;
}

std::optional<bool> selects(const Node& selector, const Node* labels) {
  const std::optional<bool> has = has_labels(selector.find("matchLabels"), labels);
  if (!has.has_value() || !*has) return has;
  for (const Node* expression : elements(selector.find("matchExpressions"))) {
    const std::optional<bool> held = holds(*expression, labels);
    if (!held.has_value() || !*held) return held;
  }
  return true;
}

bool selects_everything(const Node& selector) {
  return selector.is_mapping() && entries(selector.find("matchLabels")).empty() &&
         elements(selector.find("matchExpressions")).empty();
}

}  // namespace plimsoll::check::manifest
