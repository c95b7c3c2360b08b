#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/limits.h"
#include "core/utf8.h"
#include "parse/json_lexer.h"
#include "parse/node.h"
#include "parse/tree_keys.h"

namespace plimsoll {
namespace {

using json::Token;

/// How much of a wrong word a message repeats.
constexpr std::size_t kShownBytes = 32;

/// RFC 8259, without recursion:
///   value   = object | array | string | word
///   object  = "{" [ member { "," member } ] "}"      JSON5: a "," may come last
///   member  = key ":" value
///   array   = "[" [ value { "," value } ] "]"        JSON5: a "," may come last
class Reader {
 public:
  Reader(Tree& tree, JsonOptions options, std::uint32_t begin)
      : tree_(tree), relaxed_(options.relaxed), lexer_(tree, options, begin) {}

  /// The root; null when problem() says why not.
  const Node* read() {
    while (const auto token = lexer_.next()) {
      if (token->kind == Token::Kind::kEnd) {
        if (state_ == State::kEnd) return root_;
        fail(token->span, "the file ends before its value does");
        return nullptr;
      }
      if (!take(*token)) return nullptr;
    }
    problem_ = lexer_.problem();
    return nullptr;
  }

  [[nodiscard]] TreeProblem problem() && { return std::move(problem_); }

 private:
  /// What may come next.
  enum class State : std::uint8_t {
    kValue,
    kValueOrClose,  ///< after '[', or in JSON5 after a ','
    kKey,
    kKeyOrClose,
    kColon,
    kCommaOrClose,
    kEnd,
  };

  struct Frame {
    Node* node = nullptr;
    const Node* key = nullptr;
  };

  bool take(const Token& token) {
    switch (state_) {
      case State::kValueOrClose:
        if (token.punctuation == ']') return close(token);
        return take_value(token);
      case State::kValue: return take_value(token);
      case State::kKeyOrClose:
        if (token.punctuation == '}') return close(token);
        return take_key(token);
      case State::kKey: return take_key(token);
      case State::kColon:
        if (token.punctuation != ':') return fail(token.span, "expected ':' after a key");
        state_ = State::kValue;
        return true;
      case State::kCommaOrClose: return take_comma_or_close(token);
      case State::kEnd: return fail(token.span, "unexpected text after the value");
    }
    return false;
  }

  bool take_comma_or_close(const Token& token) {
    const bool mapping = stack_.back().node->is_mapping();
    if (token.punctuation == (mapping ? '}' : ']')) return close(token);
    if (token.punctuation != ',') {
      return fail(token.span, mapping ? "expected ',' or '}'" : "expected ',' or ']'");
    }
    if (mapping) {
      state_ = relaxed_ ? State::kKeyOrClose : State::kKey;
    } else {
      state_ = relaxed_ ? State::kValueOrClose : State::kValue;
    }
    return true;
  }

  bool take_key(const Token& token) {
    const bool bare =
        relaxed_ && token.kind == Token::Kind::kWord && json::is_identifier(token.text);
    if (token.kind != Token::Kind::kString && !bare) {
      return fail(token.span, token.punctuation == '}' ? "a ',' must be followed by a member"
                                                       : "expected a key in quotes");
    }
    Node* const key = add(token);
    if (key == nullptr) return false;
    stack_.back().key = key;
    state_ = State::kColon;
    return true;
  }

  bool take_value(const Token& token) {
    if (token.punctuation == '{' || token.punctuation == '[') return open(token);
    if (token.kind == Token::Kind::kPunctuation) {
      return fail(token.span, std::string("expected a value, not '") + token.punctuation + "'");
    }
    const bool null = token.kind == Token::Kind::kWord && token.text == "null";
    const bool word =
        token.text == "true" || token.text == "false" || json::is_number(token.text, relaxed_);
    if (token.kind == Token::Kind::kWord && !null && !word) {
      return fail(token.span,
                  "'" + std::string(token.text.substr(0, kShownBytes)) + "' is no JSON value");
    }
    Node* const node = add(token);
    if (node == nullptr) return false;
    if (null) node->kind = Node::Kind::kNull;
    attach(*node);
    return true;
  }

  bool open(const Token& token) {
    if (stack_.size() >= limits::kJsonDepth) {
      return over_limit(token.span, "nested deeper than " + std::to_string(limits::kJsonDepth));
    }
    Node* const node = add(token);
    if (node == nullptr) return false;
    const bool mapping = token.punctuation == '{';
    node->kind = mapping ? Node::Kind::kMapping : Node::Kind::kSequence;
    node->style = Node::Style::kFlow;
    stack_.push_back({.node = node});
    state_ = mapping ? State::kKeyOrClose : State::kValueOrClose;
    return true;
  }

  bool close(const Token& token) {
    Node& node = *stack_.back().node;
    stack_.pop_back();
    node.span.end = token.span.end;
    if (node.is_mapping()) mark_duplicates(tree_, node);
    attach(node);
    return true;
  }

  /// A scalar of the token's text.
  Node* add(const Token& token) {
    if (tree_.nodes.size() >= limits::kTreeNodes) {
      over_limit(token.span, "more than " + std::to_string(limits::kTreeNodes) + " nodes");
      return nullptr;
    }
    Node& node = tree_.nodes.emplace_back();
    node.kind = Node::Kind::kScalar;
    node.style = token.style;
    node.span = token.span;
    node.text = token.text;
    return &node;
  }

  void attach(const Node& node) {
    if (stack_.empty()) {
      root_ = &node;
      state_ = State::kEnd;
      return;
    }
    Frame& frame = stack_.back();
    if (frame.node->is_mapping()) {
      frame.node->entries.push_back({.key = std::exchange(frame.key, nullptr), .value = &node});
    } else {
      frame.node->items.push_back(&node);
    }
    state_ = State::kCommaOrClose;
  }

  bool fail(Span span, std::string message) {
    problem_ = {ErrorCode::kInvalid, span, std::move(message)};
    return false;
  }
  bool over_limit(Span span, std::string message) {
    problem_ = {ErrorCode::kLimit, span, std::move(message)};
    return false;
  }

  Tree& tree_;
  bool relaxed_;
  json::Lexer lexer_;
  State state_ = State::kValue;
  std::vector<Frame> stack_;
  const Node* root_ = nullptr;
  TreeProblem problem_;
};

}  // namespace

std::unique_ptr<Tree> parse_json(const SourceFile& source, JsonOptions options) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  auto tree = std::make_unique<Tree>();
  tree->source = &source;
  const auto size = static_cast<std::uint32_t>(source.text().size());
  if (const auto invalid = utf8::find_invalid(source.text())) {
    const auto at = static_cast<std::uint32_t>(*invalid);
    tree->problems.push_back({ErrorCode::kInvalid, {at, at + 1}, "not UTF-8"});
    return tree;
  }
  // RFC 8259 §8.1 lets readers ignore a byte order mark.
  const bool marked = source.text().starts_with(kByteOrderMark);
  Reader reader(*tree, options, marked ? static_cast<std::uint32_t>(kByteOrderMark.size()) : 0);
  if (const Node* const root = reader.read()) {
    tree->documents.push_back({.root = root, .span = {0, size}});
    return tree;
  }
  tree->nodes.clear();
  tree->arena.clear();
  tree->duplicates.clear();
  tree->problems.push_back(std::move(reader).problem());
  return tree;
}

}  // namespace plimsoll
