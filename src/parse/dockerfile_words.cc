#include "parse/dockerfile_words.h"

#include <utility>

#include "core/ascii.h"
#include "parse/dockerfile_space.h"

namespace plimsoll::dockerfile {
namespace {

bool is_quote(char c) {
  return c == '\'' || c == '"';
}

/// Without quotes and escapes. A plain loop: find_first_of calls memchr for every byte.
bool is_plain(std::string_view text, char escape) {
  for (const char c : text) {
    if (is_quote(c) || c == escape) return false;
  }
  return true;
}

/// One past the quote that closes the one at `at`, or npos.
std::size_t after_quote(std::string_view text, std::size_t at, char escape) {
  const char quote = text[at++];
  for (; at < text.size(); ++at) {
    if (text[at] == quote) return at + 1;
    if (text[at] == escape && quote == '"') ++at;
  }
  return std::string_view::npos;
}

/// Copies a word without its quotes and escapes. What stands in ${…} is copied as it is, nested
/// quotes and braces too: it belongs to the variable, which stays as written.
class Unquoter {
 public:
  Unquoter(std::string_view raw, char escape) : raw_(raw), escape_(escape) {
    out_.reserve(raw.size());
  }

  /// False when a quote is never closed.
  bool run() {
    char quote = 0;
    while (at_ < raw_.size()) {
      const char c = raw_[at_];
      if (quote == 0 && is_quote(c)) {
        quote = c;
        ++at_;
      } else if (quote != 0 && c == quote) {
        quote = 0;
        ++at_;
      } else if (quote != '\'' && c == '$') {
        copy(variable_size());
      } else if (quote != '\'' && c == escape_) {
        escaped(quote);
      } else {
        copy(1);
      }
    }
    return quote == 0;
  }
  std::string take() { return std::move(out_); }

 private:
  void copy(std::size_t size) {
    out_.append(raw_.substr(at_, size));
    at_ += size;
  }

  void escaped(char quote) {
    ++at_;
    if (at_ == raw_.size()) return;
    const char next = raw_[at_];
    if (quote == '"' && next != '"' && next != '$' && next != escape_) out_.push_back(escape_);
    copy(1);
  }

  /// Size of `${…}` at the cursor, 1 when it is no such thing.
  std::size_t variable_size() {
    if (unclosed_ || at_ + 1 >= raw_.size() || raw_[at_ + 1] != '{') return 1;
    std::size_t depth = 0;
    for (std::size_t at = at_; at < raw_.size(); ++at) {
      const char c = raw_[at];
      if (c == '{' && raw_[at - 1] == '$') {
        ++depth;
      } else if (c == '}' && --depth == 0) {
        return at - at_ + 1;
      } else if (c == escape_) {
        ++at;
      }
    }
    unclosed_ = true;  // so that no later '$' looks again: that would be quadratic
    return 1;
  }

  std::string_view raw_;
  char escape_;
  std::size_t at_ = 0;
  bool unclosed_ = false;
  std::string out_;
};

std::uint32_t offset(std::size_t at) {
  return static_cast<std::uint32_t>(at);
}

void add_word(const LogicalText& args, std::size_t begin, std::size_t end, WordSyntax syntax,
              std::vector<Word>& words) {
  const std::string_view raw = args.text.substr(begin, end - begin);
  words.push_back({args.source(Span{offset(begin), offset(end)}), raw, unquote(raw, syntax)});
}

/// The end of the flag's text that starts at `at`: the next blank outside quotes.
/// Sets `plain` to false when quotes or escapes must be removed.
std::size_t flag_end(std::string_view text, std::size_t at, char escape, bool& plain) {
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == escape) {
      plain = false;
      ++at;
    } else if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (is_quote(c)) {
      plain = false;
      quote = c;
    } else if (ascii::is_space(c)) {
      break;
    }
  }
  return at < text.size() ? at : text.size();
}

/// In flags the escape character stands for the next byte inside every kind of quote.
std::string unquote_flag(std::string_view raw, char escape) {
  std::string out;
  char quote = 0;
  for (std::size_t at = 0; at < raw.size(); ++at) {
    const char c = raw[at];
    if (c == escape) {
      if (++at < raw.size()) out.push_back(raw[at]);
    } else if (quote != 0 && c == quote) {
      quote = 0;
    } else if (quote == 0 && is_quote(c)) {
      quote = c;
    } else {
      out.push_back(c);
    }
  }
  return out;
}

/// `raw` is "--name=value" as written, `clean` the same without quotes.
Flag make_flag(const LogicalText& line, Span logical, std::string_view raw,
               std::string_view clean) {
  Flag flag{.span = line.source(logical)};
  const std::size_t equals = clean.find('=');
  flag.name = clean.substr(2, equals == std::string_view::npos ? equals : equals - 2);
  flag.value_span = {flag.span.end, flag.span.end};
  if (equals == std::string_view::npos) return flag;
  flag.has_value = true;
  flag.value = clean.substr(equals + 1);
  const std::size_t written = raw.find('=');
  flag.value_span = line.source(Span{logical.begin + offset(written) + 1, logical.end});
  if (written + 1 == raw.size()) flag.value_span = {flag.span.end, flag.span.end};
  return flag;
}

/// Finds quoted regions for parse_words. A kind of quote that is once found unclosed is not looked
/// for again, which keeps the whole linear.
class QuotedBlanks {
 public:
  QuotedBlanks(std::string_view text, char escape) : text_(text), escape_(escape) {}

  [[nodiscard]] std::size_t word_end(std::size_t at) {
    while (at < text_.size() && !ascii::is_space(text_[at])) {
      at = is_quote(text_[at]) ? skip(at) : at + 1;
    }
    return at;
  }

 private:
  std::size_t skip(std::size_t at) {
    bool& unclosed = text_[at] == '"' ? double_unclosed_ : single_unclosed_;
    const std::size_t end = unclosed ? std::string_view::npos : after_quote(text_, at, escape_);
    unclosed = end == std::string_view::npos;
    return unclosed ? at + 1 : end;
  }

  std::string_view text_;
  char escape_;
  bool double_unclosed_ = false;
  bool single_unclosed_ = false;
};

/// One past the word of ENV, LABEL or ARG that starts at `at`.
std::size_t quoted_word_end(std::string_view text, std::size_t at, char escape) {
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == escape && quote != '\'') {
      ++at;
    } else if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (is_quote(c)) {
      quote = c;
    } else if (space_size(text.substr(at)) != 0) {
      return at;
    }
  }
  return text.size();
}

Assignment assignment_of(const LogicalText& args, const Word& word, WordSyntax syntax) {
  const auto begin = offset(static_cast<std::size_t>(word.raw.data() - args.text.data()));
  const auto end = begin + offset(word.raw.size());
  Assignment assignment{.span = word.span};
  const std::size_t equals = word.raw.find('=');
  if (equals == std::string_view::npos) {
    assignment.name = word.value;
    assignment.name_span = word.span;
    assignment.value_span = {word.span.end, word.span.end};
    return assignment;
  }
  const std::uint32_t value = begin + offset(equals) + 1;
  assignment.name = unquote(word.raw.substr(0, equals), syntax);
  assignment.name_span = args.source(Span{begin, value - 1});
  assignment.raw = word.raw.substr(equals + 1);
  assignment.value = unquote(assignment.raw, syntax);
  assignment.value_span =
      value == end ? Span{word.span.end, word.span.end} : args.source(Span{value, end});
  assignment.has_value = true;
  return assignment;
}

Assignment legacy_assignment(const LogicalText& args, WordSyntax syntax) {
  std::size_t end = 0;
  while (end < args.text.size() && !ascii::is_space(args.text[end])) ++end;
  std::size_t value = end;
  while (value < args.text.size() && ascii::is_space(args.text[value])) ++value;
  const auto size = offset(args.text.size());
  Assignment assignment{.span = args.source(Span{0, size})};
  assignment.name = unquote(args.text.substr(0, end), syntax);
  assignment.name_span = args.source(Span{0, offset(end)});
  assignment.raw = args.text.substr(value);
  assignment.value = unquote(assignment.raw, syntax);
  assignment.has_value = value < args.text.size();
  assignment.value_span = assignment.has_value
                              ? args.source(Span{offset(value), size})
                              : Span{assignment.name_span.end, assignment.name_span.end};
  assignment.legacy = true;
  return assignment;
}

}  // namespace

std::string_view unquote(std::string_view raw, WordSyntax syntax) {
  if (is_plain(raw, syntax.escape)) return raw;
  if (raw.size() >= 2 && is_quote(raw.front()) && raw.back() == raw.front()) {
    const std::string_view inside = raw.substr(1, raw.size() - 2);
    if (is_plain(inside, syntax.escape)) return inside;
  }
  Unquoter unquoter(raw, syntax.escape);
  if (!unquoter.run()) return raw;
  return syntax.arena->emplace_back(unquoter.take());
}

std::uint32_t parse_flags(const LogicalText& line, std::uint32_t at, WordSyntax syntax,
                          std::vector<Flag>& flags) {
  const std::string_view text = line.text;
  for (;;) {
    while (at < text.size() && ascii::is_space(text[at])) ++at;
    if (!text.substr(at).starts_with("--")) return at;
    bool plain = true;
    const auto end = offset(flag_end(text, at, syntax.escape, plain));
    const std::string_view raw = text.substr(at, end - at);
    std::string_view clean = raw;
    if (!plain) clean = syntax.arena->emplace_back(unquote_flag(raw, syntax.escape));
    // "--" ends the flags and is none itself.
    if (clean.size() > 2) flags.push_back(make_flag(line, {at, end}, raw, clean));
    at = end;
    if (clean.size() > 2) continue;
    while (at < text.size() && ascii::is_space(text[at])) ++at;
    return at;
  }
}

void parse_words(const LogicalText& args, WordSyntax syntax, std::vector<Word>& words) {
  QuotedBlanks quotes(args.text, syntax.escape);
  for (std::size_t at = 0; at < args.text.size();) {
    if (ascii::is_space(args.text[at])) {
      ++at;
      continue;
    }
    const std::size_t end = quotes.word_end(at);
    add_word(args, at, end, syntax, words);
    at = end;
  }
}

void parse_quoted_words(const LogicalText& args, WordSyntax syntax, std::vector<Word>& words) {
  for (std::size_t at = 0; at < args.text.size();) {
    if (const std::size_t space = space_size(args.text.substr(at))) {
      at += space;
      continue;
    }
    const std::size_t end = quoted_word_end(args.text, at, syntax.escape);
    // A lone escape character at the very end escapes nothing and is dropped.
    const bool dropped = end - at == 1 && args.text[at] == syntax.escape;
    if (!dropped) add_word(args, at, end, syntax, words);
    at = end;
  }
}

void parse_assignments(const LogicalText& args, const std::vector<Word>& words, bool may_be_legacy,
                       WordSyntax syntax, std::vector<Assignment>& assignments) {
  if (words.empty()) return;
  if (may_be_legacy && words.front().raw.find('=') == std::string_view::npos) {
    assignments.push_back(legacy_assignment(args, syntax));
    return;
  }
  assignments.reserve(words.size());
  for (const Word& word : words) assignments.push_back(assignment_of(args, word, syntax));
}

}  // namespace plimsoll::dockerfile
