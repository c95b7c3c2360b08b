#include <algorithm>

#include "core/ascii.h"
#include "parse/shell_chars.h"
#include "parse/shell_parser.h"

// What stands in a word as written: $x ${…} $(…) `…` $((…)) <(…), and the commands in it.

namespace plimsoll::shell {
namespace {

/// Longer arithmetic is taken for nested parentheses. It bounds the look ahead for "))", which
/// otherwise could be made quadratic.
constexpr std::size_t kArithmeticBytes = 4096;

bool is_special_parameter(char c) {
  static constexpr ByteSet kSpecial("0123456789@*#?-$!");
  return kSpecial.has(c);
}

}  // namespace

// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::dollar(Word& word, bool in_quotes) {
  const char c = ahead(1);
  if (c == '(') {
    word.expands = true;
    if (ahead(2) == '(') {
      if (const char* close = arithmetic_end(p_ + 3)) {
        p_ += 3;
        return arithmetic(word, close);
      }
    }
    ++p_;
    return substitution(word);
  }
  if (c == '{') {
    word.expands = true;
    return braces(word, in_quotes);
  }
  if (c == '[') {  // bash's old $[ 1 + 2 ]
    word.expands = true;
    p_ += 2;
    return balanced(word, '[', ']');
  }
  if (ascii::is_name_start(c)) {
    word.expands = true;
    for (p_ += 2; p_ < end_ && ascii::is_name(*p_);) ++p_;
  } else if (c != '\0' && is_special_parameter(c)) {
    word.expands = true;
    p_ += 2;
  } else {
    ++p_;
  }
}

/// At "${". Quotes inside count, but a single quote inside "${x:-it's}" does not, unless a pattern
/// follows ("${x#'}'}"): POSIX §2.6.2, and so do dash and bash.
// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::braces(Word& word, bool in_quotes) {
  const Level level(*this);
  const std::size_t pieces = pieces_.size();
  p_ += p_ == end_ ? 0 : 2;
  if (looking_at('!') || (looking_at('#') && ahead(1) != '}')) ++p_;
  while (p_ < end_ && ascii::is_name(*p_)) ++p_;
  if (looking_at('[')) {
    ++p_;
    balanced(word, '[', ']');
  }
  static constexpr ByteSet kPatternOperators("#%/^,");
  const bool quotes_count = !in_quotes || kPatternOperators.has(ahead(0));
  while (p_ < end_ && *p_ != '}') {
    switch (*p_) {
      case '\\': p_ += end_ - p_ > 1 ? 2 : 1; break;
      case '\'':
        if (quotes_count) {
          single_quoted();
        } else {
          ++p_;
        }
        break;
      case '"': double_quoted(word); break;
      case '$': dollar(word, in_quotes); break;
      case '`': backticks(word, in_quotes); break;
      default: ++p_;
    }
  }
  pieces_.resize(pieces);  // the expansion is value as written
  if (p_ == end_) return fail();
  ++p_;
}

/// At the "(" of $( <( >(.
// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::substitution(Word& word) {
  const Level level(*this);
  const Muted muted(*this);
  word.expands = true;
  p_ += p_ == end_ ? 0 : 1;
  enter_substitution();
  // A heredoc announced before it has its body behind it.
  std::vector<PendingHeredoc> outer;
  outer.swap(heredocs_);
  const bool pipefail = pipefail_;
  if (list(fresh()) != Token::kCloseParen) fail();
  pipefail_ = pipefail;
  heredocs_.insert(heredocs_.begin(), outer.begin(), outer.end());
}

/// At a backtick. Up to the next unescaped one; \` \\ \$ (and \" in "…") lose their backslash
/// before the text is read as a script.
// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::backticks(Word& word, bool in_quotes) {
  word.expands = true;
  const char* begin = p_++;
  const char* body = p_;
  static constexpr ByteSet kQuoted("`\\$\"");
  static constexpr ByteSet kPlain("`\\$");
  const ByteSet& escapable = in_quotes ? kQuoted : kPlain;
  const std::size_t pieces = pieces_.size();
  const char* run = p_;
  while (p_ < end_ && *p_ != '`') {
    if (*p_ == '\\' && end_ - p_ > 1) {
      if (escapable.has(p_[1])) {
        piece(run, p_);
        run = p_ + 1;
      }
      ++p_;
    }
    ++p_;
  }
  if (p_ == end_) {
    pieces_.resize(pieces);
    return fail();
  }
  const bool unescaped = pieces_.size() > pieces || run != body;
  piece(run, p_);
  std::string_view script(body, static_cast<std::size_t>(p_ - body));
  if (unescaped && pieces_.size() > pieces) script = join(pieces);
  pieces_.resize(pieces);
  ++p_;

  const Level level(*this);
  const Muted muted(*this);
  enter_substitution();
  const Span whole = span(begin, p_);
  const bool pipefail = pipefail_;
  if (read(script, unescaped ? &whole : nullptr) != Token::kEnd) fail();
  pipefail_ = pipefail;
}

void Parser::enter_substitution() {
  ++context_.depth;
  context_.in_substitution = true;
  context_.in_condition = false;
}

/// From p_ up to "))" at `close`, both of which were found by arithmetic_end.
// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::arithmetic(Word& word, const char* close) {
  const Level level(*this);
  while (p_ < close) {
    switch (*p_) {
      case '\\': p_ += 2; break;
      case '$': dollar(word, true); break;
      case '`': backticks(word, true); break;
      default: ++p_;
    }
  }
  if (p_ != close) return fail();
  p_ = close + 2;
}

/// `begin` is behind "((": the "))" that closes it, or null when the two parentheses do not close
/// together (then they are nested subshells) or not near enough.
const char* Parser::arithmetic_end(const char* begin) const {
  const char* limit = begin;
  limit += std::min(kArithmeticBytes, static_cast<std::size_t>(end_ - begin));
  std::size_t open = 0;
  for (const char* q = begin; q < limit; ++q) {
    switch (*q) {
      case '\\': ++q; break;
      case '(': ++open; break;
      case ')':
        if (open == 0) return q + 1 < end_ && q[1] == ')' ? q : nullptr;
        --open;
        break;
      default: break;
    }
  }
  return nullptr;
}

/// Behind `open`: to behind the `close` that matches it. Keeps nothing of the value.
// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::balanced(Word& word, char open, char close) {
  const Level level(*this);
  const std::size_t pieces = pieces_.size();
  std::size_t depth = 1;
  while (p_ < end_ && depth > 0) {
    const char c = *p_;
    if (c == open) ++depth;
    if (c == close) --depth;
    switch (c) {
      case '\\': p_ += end_ - p_ > 1 ? 2 : 1; break;
      case '\'': single_quoted(); break;
      case '"': double_quoted(word); break;
      case '$': dollar(word, false); break;
      case '`': backticks(word, false); break;
      default: ++p_;
    }
  }
  pieces_.resize(pieces);
  if (depth > 0) fail();
}

/// At the "(" of a bash array: its words up to ")".
// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::array_elements(Word& array) {
  const Level level(*this);
  p_ += p_ == end_ ? 0 : 1;
  for (skip_space(); p_ < end_ && *p_ != ')'; skip_space()) {
    const char* begin = p_;
    const Word element = word();
    if (p_ == begin) return fail();
    array.quoted |= element.quoted;
    array.expands |= element.expands;
    array.globs |= element.globs;
  }
  if (p_ == end_) return fail();
  ++p_;
}

}  // namespace plimsoll::shell
