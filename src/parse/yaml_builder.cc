#include "parse/yaml_builder.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/limits.h"
#include "parse/tree_keys.h"
#include "parse/yaml_merge.h"
#include "parse/yaml_scalar.h"

namespace plimsoll::yaml {
namespace {

TreeProblem invalid(Span span, std::string message) {
  return {ErrorCode::kInvalid, span, std::move(message)};
}
TreeProblem over_limit(Span span, std::string message) {
  return {ErrorCode::kLimit, span, std::move(message)};
}

TreeProblem too_deep(Span span) {
  return over_limit(span, "nested deeper than " + std::to_string(limits::kYamlDepth));
}

std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
  return a > kMax - b ? kMax : a + b;
}

bool is_null_word(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

bool is_text_tag(std::string_view tag) {
  return tag == "!" || tag == "!!str";
}

bool is_block(Node::Style style) {
  return style == Node::Style::kLiteral || style == Node::Style::kFolded;
}

/// The name after the '&' or '*' of `span`.
std::string_view name_of(std::string_view text, Span span) {
  std::string_view name = text.substr(span.begin, span.size());
  name.remove_prefix(std::min<std::size_t>(name.size(), 1));
  return name;
}

std::string_view without_quotes(std::string_view raw) {
  return raw.size() < 2 ? std::string_view{} : raw.substr(1, raw.size() - 2);
}

/// Where the bytes of the event begin, properties included; nullopt when it has none.
std::optional<std::uint32_t> first_byte(const Event& event) {
  std::optional<std::uint32_t> first;
  const auto take = [&first](std::uint32_t begin) {
    first = std::min(first.value_or(begin), begin);
  };
  if (!event.tag.empty()) take(event.tag.begin);
  if (!event.anchor.empty()) take(event.anchor.begin);
  // A block scalar's mark is its first line; its header is found by the gap scanner.
  if (event.present && !is_block(event.style)) take(event.span.begin);
  return first;
}

}  // namespace

DocumentBuilder::DocumentBuilder(Tree& tree, GapScanner& gaps)
    : tree_(tree), text_(tree.source->text()), gaps_(gaps), first_node_(tree.nodes.size()) {}

std::optional<TreeProblem> DocumentBuilder::add(const Event& event) {
  switch (event.kind) {
    case Event::Kind::kScalar:
    case Event::Kind::kSequenceStart:
    case Event::Kind::kMappingStart: return add_node(event);
    case Event::Kind::kAlias: return add_alias(event);
    case Event::Kind::kSequenceEnd:
    case Event::Kind::kMappingEnd: return end_collection(event);
    case Event::Kind::kDocumentStart:
    case Event::Kind::kDocumentEnd: break;
  }
  return std::nullopt;
}

std::optional<TreeProblem> DocumentBuilder::add_node(const Event& event) {
  const std::uint32_t begin = enter(event);
  if (!stack_.empty()) start(stack_.back(), begin);
  if (tree_.nodes.size() >= limits::kTreeNodes) {
    return over_limit({begin, begin}, "more than " + std::to_string(limits::kTreeNodes) + " nodes");
  }
  Node& node = tree_.nodes.emplace_back();
  set_properties(node, event);

  if (event.kind == Event::Kind::kScalar) {
    set_scalar(node, event);
    gaps_.jump(node.span.end);
    if (!node.anchor.empty()) anchors_[node.anchor] = {&node, {}, false};
    return attach(node, node.span, {});
  }
  node.kind =
      event.kind == Event::Kind::kMappingStart ? Node::Kind::kMapping : Node::Kind::kSequence;
  node.style = event.style;
  node.span = {gaps_.cursor(), gaps_.cursor()};
  if (event.present) {
    node.span = event.span;
    gaps_.jump(event.span.end);
  }
  if (stack_.size() >= limits::kYamlDepth) return too_deep(node.span);
  if (!node.anchor.empty()) anchors_[node.anchor] = {&node, {}, true};
  stack_.push_back(
      {.node = &node, .anchor = node.anchor, .brackets = event.present, .started = event.present});
  return std::nullopt;
}

std::optional<TreeProblem> DocumentBuilder::add_alias(const Event& event) {
  const std::uint32_t begin = enter(event);
  if (!stack_.empty()) start(stack_.back(), begin);
  gaps_.jump(event.span.end);
  const std::string_view name = name_of(text_, event.span);
  const auto found = anchors_.find(name);
  if (found == anchors_.end()) {
    return invalid(event.span, "alias '*" + std::string(name) + "' has no anchor before it");
  }
  const Anchor& anchor = found->second;
  if (anchor.open) {
    return invalid(event.span, "alias '*" + std::string(name) + "' is inside its own anchor");
  }
  // Depth counts as if the alias were written out, so that walkers of the tree may recurse.
  if (stack_.size() + anchor.extent.depth > limits::kYamlDepth) return too_deep(event.span);
  anchor.node->shared = true;
  return attach(*anchor.node, event.span, anchor.extent);
}

std::optional<TreeProblem> DocumentBuilder::end_collection(const Event& event) {
  const Frame frame = stack_.back();
  stack_.pop_back();
  Node& node = *frame.node;
  if (event.present) {
    gaps_.advance_to(event.span.begin);
    gaps_.jump(event.span.end);
    node.span.end = std::max(node.span.end, event.span.end);
  }
  if (node.is_mapping()) mark_duplicates(tree_, node);
  if (frame.merges) merging_.push_back(&node);
  Extent extent = frame.extent;
  ++extent.depth;
  if (!frame.anchor.empty()) {
    Anchor& anchor = anchors_[frame.anchor];
    if (anchor.node == &node) anchor = {&node, extent, false};  // else redefined inside itself
  }
  return attach(node, node.span, extent);
}

std::uint32_t DocumentBuilder::enter(const Event& event) {
  std::uint32_t begin = gaps_.cursor();
  if (stack_.empty()) {
    if (const auto first = first_byte(event)) {
      gaps_.advance_to(*first);
      begin = *first;
    }
  } else if (stack_.back().node->is_sequence()) {
    begin = enter_item(event);
  } else if (stack_.back().key == nullptr) {
    begin = enter_key(event);
  } else {
    const Frame& frame = stack_.back();
    gaps_.accept_colon(!frame.brackets && frame.node->style == Node::Style::kBlock,
                       frame.node->span.begin);
    begin = first_byte(event).value_or(gaps_.cursor());
  }
  skip_properties(event);
  if (event.present && !is_block(event.style)) gaps_.advance_to(event.span.begin);
  return begin;
}

std::uint32_t DocumentBuilder::enter_item(const Event& event) {
  const Frame& frame = stack_.back();
  if (frame.brackets) {
    gaps_.accept(',');
    const std::uint32_t next = gaps_.skip();
    return first_byte(event).value_or(next);
  }
  const std::uint32_t dash = gaps_.skip();
  if (gaps_.at(dash) == '-') gaps_.jump(dash + 1);
  return dash;
}

std::uint32_t DocumentBuilder::enter_key(const Event& event) {
  const Frame& frame = stack_.back();
  if (frame.brackets) gaps_.accept(',');
  const std::uint32_t next = gaps_.skip();
  const auto first = first_byte(event);
  // A plain scalar may itself begin with '?'; then `first` is right there.
  if (gaps_.at(next) == '?' && first != next) gaps_.jump(next + 1);
  return std::min(first.value_or(next), next);
}

void DocumentBuilder::skip_properties(const Event& event) {
  Span first = event.tag;
  Span second = event.anchor;
  if (first.begin > second.begin) std::swap(first, second);
  for (const Span property : {first, second}) {
    if (property.empty()) continue;
    gaps_.advance_to(property.begin);
    gaps_.jump(property.end);
  }
}

void DocumentBuilder::set_properties(Node& node, const Event& event) {
  node.tag = text_.substr(event.tag.begin, event.tag.size());
  node.anchor = name_of(text_, event.anchor);
}

void DocumentBuilder::set_scalar(Node& node, const Event& event) {
  node.kind = Node::Kind::kScalar;
  node.style = event.style;
  if (event.present && is_block(event.style)) return set_block_scalar(node, event);
  node.span = {gaps_.cursor(), gaps_.cursor()};
  if (event.present) node.span = event.span;
  std::string_view raw = text_.substr(node.span.begin, node.span.size());
  if (node.style != Node::Style::kPlain) raw = without_quotes(raw);
  node.text = flow_text(node.style, raw, tree_.arena);
  const bool null = node.style == Node::Style::kPlain && is_null_word(node.text);
  if (null && !is_text_tag(node.tag)) node.kind = Node::Kind::kNull;
}

void DocumentBuilder::set_block_scalar(Node& node, const Event& event) {
  const std::uint32_t header = gaps_.skip();
  const BlockPlace place{
      .header = header, .limit = event.span.end, .parent_indent = parent_indent()};
  const BlockScalar scalar = read_block_scalar(text_, place, tree_.arena);
  node.text = scalar.text;
  node.span = scalar.span;
  // Without content the scalar ends before the comment, which then lies in the next gap.
  if (scalar.comment && node.span.contains(*scalar.comment)) {
    tree_.comments.push_back({*scalar.comment});
  }
}

std::uint32_t DocumentBuilder::parent_indent() const {
  return stack_.empty() ? 0 : gaps_.column(stack_.back().node->span.begin);
}

void DocumentBuilder::start(Frame& frame, std::uint32_t begin) {
  if (frame.started) return;
  frame.node->span = {begin, begin};
  frame.started = true;
}

std::optional<TreeProblem> DocumentBuilder::attach(const Node& node, Span span, Extent extent) {
  if (stack_.empty()) {
    root_ = &node;
    root_extent_ = extent;
    return std::nullopt;
  }
  Frame& frame = stack_.back();
  frame.extent.nodes = saturating_add(frame.extent.nodes, extent.nodes);
  frame.extent.depth = std::max(frame.extent.depth, extent.depth);
  Node& parent = *frame.node;
  parent.span.begin = std::min(parent.span.begin, span.begin);
  parent.span.end = std::max({parent.span.end, span.end, gaps_.cursor()});
  if (parent.is_sequence()) {
    parent.items.push_back(&node);
    return std::nullopt;
  }
  if (frame.key == nullptr) return attach_key(frame, node);
  frame.merges = frame.merges || is_merge_key(*frame.key);
  parent.entries.push_back({.key = std::exchange(frame.key, nullptr), .value = &node});
  return std::nullopt;
}

std::optional<TreeProblem> DocumentBuilder::attach_key(Frame& frame, const Node& node) {
  // `{{ x }}` is YAML by the letter (a mapping whose key is a mapping), but no loader of container
  // configuration takes it, and nobody means it.
  if (node.is_mapping() && node.style == Node::Style::kFlow &&
      frame.node->style == Node::Style::kFlow && node.span.begin == frame.node->span.begin + 1) {
    return invalid({frame.node->span.begin, node.span.end},
                   "'{{' begins a template, which is not YAML");
  }
  frame.key = &node;
  return std::nullopt;
}

std::optional<TreeProblem> DocumentBuilder::finish() {
  const std::uint64_t written = tree_.nodes.size() - first_node_;
  const std::uint64_t allowed = std::max<std::uint64_t>(limits::kYamlExpandedNodes, 10 * written);
  if (root_extent_.nodes > allowed) {
    return over_limit(root_->span,
                      "aliases expand to more than " + std::to_string(allowed) + " nodes");
  }
  return resolve_merges(merging_);
}

}  // namespace plimsoll::yaml
