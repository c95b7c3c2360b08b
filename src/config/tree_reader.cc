#include "config/tree_reader.h"

#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "core/near_name.h"

namespace plimsoll::config {
namespace {

std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 80;
  std::string quote = "'" + std::string(text.substr(0, kLongest));
  if (text.size() > kLongest) quote += "…";
  return quote + '\'';
}

/// As the core schema of YAML 1.2 reads it, and with it JSON Schema.
bool is_text(const Node& node) {
  if (!node.is_scalar()) return false;
  if (!node.is_plain()) return true;
  const std::string word = ascii::lower(node.text);
  return word != "true" && word != "false" && !node.as_int() && !node.as_number();
}

}  // namespace

TreeReader::TreeReader(Settings& settings)
    : settings_(settings), tree_(parse_yaml(*settings.source)) {
  for (const TreeProblem& wrong : tree_->problems) problem(wrong.span, wrong.message);
  for (const DuplicateKey& twice : tree_->duplicates) {
    problem(twice.second, "the key " + quoted(twice.key) + " is there twice");
  }
  const Node* root = nullptr;
  for (const Document& document : tree_->documents) {
    if (document.root->is_null()) continue;
    if (root != nullptr) {
      problem(document.root->span, "one document is read, not several");
      break;
    }
    root = document.root;
  }
  if (root == nullptr) return;
  if (root->is_mapping()) {
    root_ = root;
  } else {
    problem(root->span, "this is no mapping of keys");
  }
}

void TreeReader::problem(Span span, std::string message) {
  // Nobody reads more; a hostile file must not fill the memory with them.
  if (settings_.problems.size() >= limits::kConfigurationProblems) return;
  Error error;
  error.code = ErrorCode::kUsage;
  error.message = std::move(message);
  error.path = settings_.source->path();
  error.position = settings_.source->position(span.begin);
  error.has_position = true;
  settings_.problems.push_back(std::move(error));
}

void TreeReader::unknown(std::string_view what, const Node& name,
                         const std::vector<std::string_view>& known) {
  if (settings_.problems.size() >= limits::kConfigurationProblems) return;
  std::string message = "unknown " + std::string(what) + ' ' + quoted(name.str());
  if (const std::string_view near = nearest_name(name.str(), known); !near.empty()) {
    message += "; did you mean '" + std::string(near) + "'?";
  }
  problem(name.span, std::move(message));
}

std::optional<std::string_view> TreeReader::text(const Node& node, std::string_view name) {
  if (is_text(node)) return node.text;
  problem(node.span, quoted(name) + (node.is_scalar() ? " must be text: put it between quotes"
                                                      : " must be text"));
  return std::nullopt;
}

std::optional<bool> TreeReader::flag(const Node& node, std::string_view name) {
  if (node.is_plain() && node.text == "true") return true;
  if (node.is_plain() && node.text == "false") return false;
  if (node.str() == "on") return true;
  if (node.str() == "off") return false;
  problem(node.span, quoted(name) + " must be on or off");
  return std::nullopt;
}

std::optional<Severity> TreeReader::severity(const Node& node, std::string_view name) {
  const auto found = parse_severity(node.str());
  if (found && to_string(*found) == node.str()) return found;
  std::string message = quoted(name) + " must be one of critical, high, medium, low and info";
  if (found) message += "; did you mean '" + std::string(to_string(*found)) + "'?";
  problem(node.span, std::move(message));
  return std::nullopt;
}

std::optional<std::vector<const Node*>> TreeReader::texts(const Node& node, std::string_view name) {
  std::vector<const Node*> all;
  if (node.is_sequence()) {
    all = node.items;
  } else {
    all.push_back(&node);
  }
  for (const Node* one : all) {
    if (is_text(*one)) continue;
    problem(one->span, quoted(name) + " must be text, or a list of texts");
    return std::nullopt;
  }
  return all;
}

bool TreeReader::expect_mapping(const Node& node, std::string_view name) {
  if (node.is_mapping()) return true;
  problem(node.span, quoted(name) + " must be a mapping of keys");
  return false;
}

bool TreeReader::expect_sequence(const Node& node, std::string_view name) {
  if (node.is_sequence()) return true;
  problem(node.span, quoted(name) + " must be a list");
  return false;
}

std::vector<Said<std::string_view>> lenient_texts(const Node* node) {
  std::vector<Said<std::string_view>> texts;
  if (node == nullptr) return texts;
  if (node->is_scalar()) {
    for (const std::string_view part : ascii::split(node->text, ',')) {
      if (!ascii::trim(part).empty()) texts.push_back({ascii::trim(part), node->span});
    }
  }
  for (const Node* item : node->items) {
    if (item->is_scalar() && !item->text.empty()) texts.push_back({item->text, item->span});
  }
  return texts;
}

}  // namespace plimsoll::config
