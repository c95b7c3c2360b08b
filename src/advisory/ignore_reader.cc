#include "advisory/ignore_reader.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "core/near_name.h"

namespace plimsoll::advisory {
namespace {

std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 80;
  std::string quote = "'" + std::string(text.substr(0, kLongest));
  if (text.size() > kLongest) quote += "…";
  return quote + '\'';
}

}  // namespace

const Node* IgnoreReader::root(std::unique_ptr<Tree> tree) {
  tree_ = std::move(tree);
  for (const TreeProblem& wrong : tree_->problems) problem(wrong.span, wrong.message);
  for (const DuplicateKey& twice : tree_->duplicates) {
    problem(twice.second, "the key " + quoted(twice.key) + " is there twice");
  }
  for (const Document& document : tree_->documents) {
    if (document.root->is_null()) continue;
    if (document.root->is_mapping()) return document.root;
    problem(document.root->span, "this is no mapping of keys");
    break;
  }
  return nullptr;
}

void IgnoreReader::problem(Span span, std::string message) {
  ++problems_;
  // Nobody reads more; a hostile file must not fill the memory with them.
  if (is_full()) return;
  file_.problems.push_back({.code = ErrorCode::kUsage,
                            .message = std::move(message),
                            .path = source_.path(),
                            .position = source_.position(span.begin),
                            .has_position = true});
}

void IgnoreReader::unknown(std::string_view what, Span span, std::string_view name,
                           const std::vector<std::string_view>& known) {
  if (is_full()) return problem(span, {});
  std::string message = "unknown " + std::string(what) + ' ' + quoted(name);
  if (const std::string_view near = nearest_name(name, known); !near.empty()) {
    message += "; did you mean '" + std::string(near) + "'?";
  }
  problem(span, std::move(message));
}

void IgnoreReader::note(Span span, std::string message) {
  if (file_.notes.size() >= limits::kConfigurationProblems) return;
  file_.notes.push_back(source_.path() + ':' + std::to_string(source_.position(span.begin).line) +
                        ": " + message);
}

bool IgnoreReader::check_keys(const Node& node, const std::vector<std::string_view>& known) {
  if (!node.is_mapping()) {
    problem(node.span, "this is no mapping of keys");
    return false;
  }
  for (const Node::Entry& entry : node.entries) {
    const std::string_view key = entry.key->str();
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      unknown("key", entry.key->span, key, known);
    }
  }
  return true;
}

std::string IgnoreReader::text(const Node& mapping, std::string_view key) {
  const Node* node = mapping.find(key);
  if (node == nullptr || node->is_null()) return {};
  if (!node->is_scalar()) problem(node->span, quoted(key) + " must be text");
  return std::string(ascii::trim(node->str()));
}

bool IgnoreReader::flag(const Node& mapping, std::string_view key) {
  const Node* node = mapping.find(key);
  if (node == nullptr || node->is_null()) return false;
  const auto value = node->as_bool();
  if (!value) problem(node->span, quoted(key) + " must be true or false");
  return value.value_or(false);
}

std::vector<const Node*> IgnoreReader::list(const Node& mapping, std::string_view key) {
  const Node* node = mapping.find(key);
  if (node == nullptr || node->is_null()) return {};
  if (!node->is_sequence()) problem(node->span, quoted(key) + " must be a list");
  return node->items;
}

std::optional<Date> IgnoreReader::date(const Node& mapping, std::string_view key) {
  const Node* node = mapping.find(key);
  if (node == nullptr || node->is_null()) return std::nullopt;
  return date(node->span, node->str());
}

std::optional<Date> IgnoreReader::date(Span span, std::string_view text) {
  const auto day = parse_date(text.substr(0, 10));
  const bool ends = text.size() <= 10 || text[10] == 'T' || text[10] == 't' || text[10] == ' ';
  if (day && ends) return day;
  problem(span, "no date: " + quoted(text) + "; nothing is ignored by this entry");
  return std::nullopt;
}

std::optional<NamePattern> IgnoreReader::pattern(const Node& mapping, std::string_view key) {
  std::string name = text(mapping, key);
  if (name.empty()) return std::nullopt;
  const Span span = mapping.find(key)->span;
  if (++patterns_ > limits::kIgnorePatternsOfFile) {
    problem(span, "too many regular expressions; the rest is not read");
    return std::nullopt;
  }
  auto found = NamePattern::expression(std::move(name));
  if (!found) {
    problem(span, found.error().message);
    return std::nullopt;
  }
  return *std::move(found);
}

void IgnoreReader::add_path(const Node& path, IgnoreRule& rule) {
  std::string_view text = path.str();
  while (text.starts_with('/')) text.remove_prefix(1);
  const bool is_readable = !text.empty() && text.size() <= limits::kPathPatternBytes &&
                           text.find('{') == std::string_view::npos;
  auto glob = is_readable ? Glob::compile(text, GlobSyntax::kPath) : std::nullopt;
  if (glob) {
    rule.paths.push_back(*std::move(glob));
  } else {
    problem(path.span, "this path is not understood; nothing is ignored by this entry");
  }
}

bool IgnoreReader::is_full() const {
  return file_.problems.size() >= limits::kConfigurationProblems;
}

void IgnoreReader::keep(IgnoreRule rule, Span span) {
  if (file_.rules.size() < limits::kConfigurationEntries) {
    file_.rules.push_back(std::move(rule));
  } else {
    problem(span, "too many entries; the rest is not read");
  }
}

}  // namespace plimsoll::advisory
