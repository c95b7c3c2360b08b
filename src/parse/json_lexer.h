#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "parse/node.h"

namespace plimsoll::json {

/// RFC 8259 §2, or JSON5's superset of it.
///   token  = "{" | "}" | "[" | "]" | ":" | "," | string | word
///   word   = number | "true" | "false" | "null" | identifier (JSON5: as a key)
struct Token {
  enum class Kind : std::uint8_t { kPunctuation, kString, kWord, kEnd };
  Kind kind = Kind::kEnd;
  char punctuation = '\0';
  Node::Style style = Node::Style::kPlain;
  Span span;
  std::string_view text;  ///< string: unescaped; word: as written
};

class Lexer {
 public:
  Lexer(Tree& tree, JsonOptions options, std::uint32_t begin)
      : tree_(tree), text_(tree.source->text()), relaxed_(options.relaxed), at_(begin) {}

  /// Nullopt when the bytes are no token; then problem() says why.
  [[nodiscard]] std::optional<Token> next();
  [[nodiscard]] const TreeProblem& problem() const { return problem_; }

 private:
  bool skip_space();
  bool skip_comment();
  [[nodiscard]] std::uint32_t space_length() const;
  std::optional<Token> read_string();
  bool read_escape(std::string& value);
  std::optional<Token> read_word();
  bool fail(std::uint32_t at, std::string message);

  Tree& tree_;
  std::string_view text_;
  bool relaxed_;
  std::uint32_t at_;
  TreeProblem problem_;
};

/// A number of the grammar, not of some range.
[[nodiscard]] bool is_number(std::string_view word, bool relaxed);
/// May stand as a key without quotes in JSON5.
[[nodiscard]] bool is_identifier(std::string_view word);

}  // namespace plimsoll::json
