#include <algorithm>
#include <cstring>

#include "core/ascii.h"
#include "parse/shell_chars.h"
#include "parse/shell_parser.h"

// A word's value is kept as pieces of the text (piece(), merged where they touch) and only joined
// into the arena when more than one is left: `'abc'` and `"$a b"` have one, `a"b"` has two.

namespace plimsoll::shell {
namespace {

bool is_extglob_prefix(char c) {
  static constexpr ByteSet kPrefixes("?*+@!");
  return kPrefixes.has(c);
}

/// `NAME=` or `NAME+=`, as before a bash array.
bool is_assignment_prefix(std::string_view text) {
  if (!text.ends_with('=')) return false;
  text.remove_suffix(1);
  if (text.ends_with('+')) text.remove_suffix(1);
  if (text.empty() || !ascii::is_name_start(text.front())) return false;
  for (const char c : text) {
    if (!ascii::is_name(c)) return false;
  }
  return true;
}

}  // namespace

// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
Word Parser::word(WordKind kind) {
  Word word;
  const std::size_t pieces = pieces_.size();
  const char* begin = p_;
  const char* run = p_;  // what lies between run and p_ is value as it stands
  std::uint32_t parentheses = 0;
  word.globs = looking_at('~');
  const char* end = nullptr;
  while (end == nullptr) {
    while (p_ < end_ && char_class(*p_) == CharClass::kPlain) ++p_;
    if (p_ == end_) break;
    switch (char_class(*p_)) {
      case CharClass::kGlob:
        // `[` alone is the program of that name.
        if (*p_ != '[' || p_ != begin || !ends_word(p_ + 1)) word.globs = true;
        ++p_;
        break;
      case CharClass::kBackslash: {
        // A continuation belongs to the word only when the word goes on behind it.
        const char* here = p_;
        while (const std::size_t length = continuation(p_)) p_ += length;
        if (p_ == here) {
          word.quoted = true;
          escape(run);
          break;
        }
        piece(run, here);
        run = p_;
        if (ends_word(p_)) end = p_ = here;
        break;
      }
      case CharClass::kSingleQuote:
        word.quoted = true;
        piece(run, p_);
        single_quoted();
        run = p_;
        break;
      case CharClass::kDoubleQuote:
        word.quoted = true;
        piece(run, p_);
        double_quoted(word);
        run = p_;
        break;
      case CharClass::kDollar:
        if (ahead(1) != '\'' && ahead(1) != '"') {
          dollar(word, false);
          break;
        }
        word.quoted = true;
        piece(run, p_);
        dollar_quoted(word);
        run = p_;
        break;
      case CharClass::kBacktick: backticks(word, false); break;
      default:
        if (!joins_word(word, begin, run, kind, parentheses)) end = p_;
    }
  }
  if (end == nullptr) end = p_;
  finish_word(word, begin, run, end, pieces);
  return word;
}

/// At a byte that ends most words. Where it does not, takes what it begins and says true.
bool Parser::joins_word(Word& word, const char* begin, const char* run, WordKind kind,
                        std::uint32_t& parentheses) {
  const char c = *p_;
  if (c == '\r') {
    if (ahead(1) == '\n') return false;
    ++p_;
    return true;
  }
  if (kind == WordKind::kTestPattern) {
    if (c == '\n' || (c == ')' && parentheses == 0)) return false;
    if (ascii::is_blank(c) && parentheses == 0) return false;
    if (c == '(') ++parentheses;
    if (c == ')') --parentheses;
    ++p_;
    return true;
  }
  if ((c == '<' || c == '>') && ahead(1) == '(') {
    ++p_;
    substitution(word);
    return true;
  }
  if (c != '(' || p_ == run) return false;
  if (is_extglob_prefix(p_[-1])) {
    word.globs = true;
    ++p_;
    balanced(word, '(', ')');
    return true;
  }
  // `declare -a x=(…)`: a prefix assignment never gets here.
  if (run != begin || !is_assignment_prefix({begin, static_cast<std::size_t>(p_ - begin)})) {
    return false;
  }
  array_elements(word);
  return true;
}

void Parser::finish_word(Word& word, const char* begin, const char* run, const char* end,
                         std::size_t pieces) {
  word.span = span(begin, end);
  word.raw = source_.exact ? std::string_view(begin, static_cast<std::size_t>(end - begin))
                           : text_.substr(word.span.begin, word.span.size());
  if (pieces_.size() == pieces) {
    if (run > end) run = end;
    word.value = std::string_view(run, static_cast<std::size_t>(end - run));
    return;
  }
  piece(run, end);
  word.value = join(pieces);
}

Word Parser::verbatim(const char* begin, const char* end) const {
  Word word;
  word.span = span(begin, end);
  word.value = std::string_view(begin, static_cast<std::size_t>(end - begin));
  word.raw = source_.exact ? word.value : text_.substr(word.span.begin, word.span.size());
  return word;
}

void Parser::piece(std::string_view text) {
  pieces_.push_back(text);
}

/// Takes the pieces from `from` on off the stack.
std::string_view Parser::join(std::size_t from) {
  std::string_view value = pieces_[from];
  if (pieces_.size() - from > 1) {
    std::size_t bytes = 0;
    for (std::size_t i = from; i < pieces_.size(); ++i) bytes += pieces_[i].size();
    std::string& store = room(bytes);
    const std::size_t at = store.size();
    for (std::size_t i = from; i < pieces_.size(); ++i) store += pieces_[i];
    value = std::string_view(store).substr(at);
  }
  pieces_.resize(from);
  return value;
}

/// A string of the arena that takes `bytes` more without moving.
std::string& Parser::room(std::size_t bytes) {
  static constexpr std::size_t kBlockBytes = 512;
  auto& arena = script_.arena;
  if (arena.empty() || arena.back().capacity() - arena.back().size() < bytes) {
    arena.emplace_back().reserve(std::max(bytes, kBlockBytes));
  }
  return arena.back();
}

/// At an unquoted backslash that is no continuation.
void Parser::escape(const char*& run) {
  if (p_ + 1 == end_) {
    ++p_;  // the last byte: stands for itself
    return;
  }
  piece(run, p_);
  run = p_ + 1;
  p_ += 2;
}

void Parser::single_quoted() {
  const char* begin = p_ + 1;
  const void* close = std::memchr(begin, '\'', static_cast<std::size_t>(end_ - begin));
  if (close == nullptr) return fail();
  piece(begin, static_cast<const char*>(close));
  p_ = static_cast<const char*>(close) + 1;
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::double_quoted(Word& word) {
  static constexpr ByteSet kEscapable("$`\"\\");
  const char* run = ++p_;
  while (p_ < end_) {
    switch (*p_) {
      case '"':
        piece(run, p_);
        ++p_;
        return;
      case '\\':
        if (const std::size_t length = continuation(p_)) {
          piece(run, p_);
          run = p_ += length;
        } else if (kEscapable.has(ahead(1))) {
          escape(run);
        } else {
          ++p_;
        }
        break;
      case '$': dollar(word, true); break;
      case '`': backticks(word, true); break;
      default: ++p_;
    }
  }
  fail();
}

/// $'…', or $"…", which only marks what may be translated.
// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::dollar_quoted(Word& word) {
  ++p_;
  if (*p_ == '"') return double_quoted(word);
  ansi_quoted();
}

}  // namespace plimsoll::shell
