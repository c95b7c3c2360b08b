#include "parse/json_lexer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.h"
#include "parse/escape.h"

namespace plimsoll::json {
namespace {

/// What JSON5 counts as white space beyond ASCII: no-break space, byte order mark, line and
/// paragraph separator, and Unicode's other spaces.
constexpr std::array<std::string_view, 19> kUnicodeSpaces = {
    "\xC2\xA0",     "\xEF\xBB\xBF", "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81",
    "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86",
    "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
    "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

bool is_high(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20;
}

bool is_word(char c) {
  return ascii::is_name(c) || c == '$' || c == '+' || c == '-' || c == '.';
}

/// Removes leading digits; gives their number.
std::size_t take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && ascii::is_digit(text[count])) ++count;
  text.remove_prefix(count);
  return count;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

bool is_hex_number(std::string_view text) {
  if (text.size() < 3 || text[0] != '0' || ascii::to_lower(text[1]) != 'x') return false;
  text.remove_prefix(2);
  return std::all_of(text.begin(), text.end(), ascii::is_hex);
}

/// "\n" and the other ways JSON5 ends a line, after a backslash; 0 when there is none.
std::size_t line_end_length(std::string_view text) {
  if (text.starts_with("\r\n")) return 2;
  if (text.starts_with("\n") || text.starts_with("\r")) return 1;
  return text.starts_with("\xE2\x80\xA8") || text.starts_with("\xE2\x80\xA9") ? 3 : 0;
}

}  // namespace

bool is_number(std::string_view word, bool relaxed) {
  if (!take(word, '-') && relaxed) take(word, '+');
  if (relaxed && (word == "Infinity" || word == "NaN" || is_hex_number(word))) return true;
  const bool zero = word.starts_with('0');
  const std::size_t whole = take_digits(word);
  if (zero && whole > 1) return false;
  std::size_t fraction = 0;
  const bool point = take(word, '.');
  if (point) fraction = take_digits(word);
  if (whole + fraction == 0) return false;
  if (!relaxed && (whole == 0 || (point && fraction == 0))) return false;
  if (take(word, 'e') || take(word, 'E')) {
    if (!take(word, '-')) take(word, '+');
    if (take_digits(word) == 0) return false;
  }
  return word.empty();
}

bool is_identifier(std::string_view word) {
  if (word.empty() || ascii::is_digit(word.front())) return false;
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return ascii::is_name(c) || c == '$' || is_high(c); });
}

bool Lexer::fail(std::uint32_t at, std::string message) {
  const auto size = static_cast<std::uint32_t>(text_.size());
  problem_ = {ErrorCode::kInvalid, {at, std::min(at + 1, size)}, std::move(message)};
  return false;
}

std::uint32_t Lexer::space_length() const {
  const char c = text_[at_];
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return 1;
  if (!relaxed_) return 0;
  if (c == '\v' || c == '\f') return 1;
  if (!is_high(c)) return 0;
  for (const std::string_view space : kUnicodeSpaces) {
    if (text_.substr(at_).starts_with(space)) return static_cast<std::uint32_t>(space.size());
  }
  return 0;
}

bool Lexer::skip_space() {
  while (at_ < text_.size()) {
    if (text_[at_] == '/') {
      if (!skip_comment()) return false;
      continue;
    }
    const std::uint32_t length = space_length();
    if (length == 0) return true;
    at_ += length;
  }
  return true;
}

bool Lexer::skip_comment() {
  const std::string_view rest = text_.substr(at_);
  const bool line = rest.starts_with("//");
  if (!line && !rest.starts_with("/*")) return fail(at_, "unexpected '/'");
  if (!relaxed_) return fail(at_, "JSON has no comments");
  std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
  if (!line) {
    const std::size_t close = rest.find("*/", 2);
    if (close == std::string_view::npos) return fail(at_, "a comment that never ends");
    end = close + 2;
  }
  const std::uint32_t begin = at_;
  at_ += static_cast<std::uint32_t>(end);
  tree_.comments.push_back({{begin, at_}});
  return true;
}

std::optional<Token> Lexer::next() {
  if (!skip_space()) return std::nullopt;
  if (at_ >= text_.size()) {
    const auto end = static_cast<std::uint32_t>(text_.size());
    return Token{.kind = Token::Kind::kEnd, .span = {end, end}};
  }
  const char c = text_[at_];
  if (std::string_view("{}[]:,").find(c) != std::string_view::npos) {
    const Span span{at_, at_ + 1};
    ++at_;
    return Token{.kind = Token::Kind::kPunctuation, .punctuation = c, .span = span};
  }
  if (c == '"' || (c == '\'' && relaxed_)) return read_string();
  return read_word();
}

std::optional<Token> Lexer::read_string() {
  const std::uint32_t begin = at_;
  const char quote = text_[at_++];
  std::optional<std::string> value;  // set at the first escape
  std::uint32_t copied = at_;        // start of what is not yet in `value`
  while (at_ < text_.size() && text_[at_] != quote) {
    const char c = text_[at_];
    if (c == '\\') {
      if (!value) value.emplace();
      value->append(text_.substr(copied, at_ - copied));
      ++at_;
      if (!read_escape(*value)) return std::nullopt;
      copied = at_;
      continue;
    }
    if (is_control(c) && (!relaxed_ || c == '\n' || c == '\r')) {
      fail(at_, c == '\n' || c == '\r' ? "a string that does not end on its line"
                                       : "a control character in a string must be escaped");
      return std::nullopt;
    }
    ++at_;
  }
  if (at_ >= text_.size()) {
    fail(begin, "a string that never ends");
    return std::nullopt;
  }
  std::string_view text = text_.substr(copied, at_ - copied);
  if (value) text = tree_.arena.emplace_back(std::move(*value) + std::string(text));
  ++at_;
  return Token{.kind = Token::Kind::kString,
               .style = quote == '"' ? Node::Style::kDoubleQuoted : Node::Style::kSingleQuoted,
               .span = {begin, at_},
               .text = text};
}

/// After the backslash.
bool Lexer::read_escape(std::string& value) {
  const std::string_view rest = text_.substr(at_);
  std::size_t used = 0;
  if (relaxed_) used = line_end_length(rest);  // the string goes on in the next line
  if (used == 0) {
    const EscapeSet set = relaxed_ ? EscapeSet::kJson5 : EscapeSet::kJson;
    used = append_escape(rest, set, value);
  }
  const bool for_itself = relaxed_ && used == 0 && !rest.empty() && rest[0] != 'u' &&
                          rest[0] != 'x' && !ascii::is_digit(rest[0]);
  if (for_itself) {
    value += rest[0];
    used = 1;
  }
  if (used == 0) return fail(at_ - 1, "an escape that JSON does not know");
  at_ += static_cast<std::uint32_t>(used);
  return true;
}

std::optional<Token> Lexer::read_word() {
  const std::uint32_t begin = at_;
  while (at_ < text_.size() && (is_word(text_[at_]) || (relaxed_ && is_high(text_[at_])))) {
    if (space_length() != 0) break;
    ++at_;
  }
  if (at_ == begin) {
    const bool printable = text_[at_] > ' ' && text_[at_] < 0x7F;
    fail(at_, printable ? std::string("unexpected '") + text_[at_] + "'" : "unexpected byte");
    return std::nullopt;
  }
  return Token{
      .kind = Token::Kind::kWord, .span = {begin, at_}, .text = text_.substr(begin, at_ - begin)};
}

}  // namespace plimsoll::json
