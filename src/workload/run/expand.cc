#include "workload/run/expand.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::run {
namespace {

constexpr int kDefaultDepth = 8;  ///< ${a:-${b:-${c:-x}}}

bool is_special_parameter(char c) {
  return ascii::is_digit(c) || std::string_view("@*#?-$!").find(c) != std::string_view::npos;
}

class Expander {
 public:
  Expander(const WordText& word, Variables& variables, bool splits)
      : word_(word), variables_(variables), splits_(splits) {
    start_field();
  }

  void run();
  [[nodiscard]] std::vector<Argument> take() { return std::move(fields_); }

 private:
  void start_field();
  void finish_field();
  void read(std::size_t end);
  void literal(std::size_t begin, std::size_t end);
  void single_quoted(std::size_t end);
  void ansi_quoted(std::size_t end);
  void backslash(std::size_t end);
  void dollar(std::size_t end);
  void braces(std::size_t close);
  void unknown(std::size_t begin, std::size_t end);
  /// False when the variable is not known.
  bool variable(std::string_view name, std::size_t begin, std::size_t end);
  void substitute(const Argument& value, Span source);
  void fallback(std::size_t begin, std::size_t end, Span source);
  [[nodiscard]] std::size_t matching(std::size_t open, char opens, char closes,
                                     std::size_t end) const;
  [[nodiscard]] Span source(std::size_t begin, std::size_t end) const;
  [[nodiscard]] char at(std::size_t i, std::size_t end) const { return i < end ? raw()[i] : '\0'; }
  [[nodiscard]] std::string_view raw() const { return word_.raw; }
  /// The same bytes before they were made palatable to the shell parser.
  [[nodiscard]] std::string_view written() const {
    return word_.original.empty() ? word_.raw : word_.original;
  }

  const WordText& word_;
  Variables& variables_;
  bool splits_;
  std::vector<Argument> fields_;
  Argument field_;
  std::size_t p_ = 0;
  bool in_quotes_ = false;
  bool keeps_ = false;      ///< the field exists even when it is empty: something was quoted
  bool only_bare_ = false;  ///< nothing but unquoted unknown expansions so far
  int depth_ = 0;
};

void Expander::start_field() {
  field_ = Argument(word_.file, word_.span);
  keeps_ = false;
  only_bare_ = true;
}

void Expander::finish_field() {
  if (!field_.empty() || keeps_) {
    field_.is_bare_expansion = only_bare_ && !field_.empty();
    fields_.push_back(std::move(field_));
  }
  start_field();
}

void Expander::run() {
  read(raw().size());
  finish_field();
}

Span Expander::source(std::size_t begin, std::size_t end) const {
  if (word_.map == nullptr) return word_.span;
  const auto offset = word_.offset;
  return word_.map->source(
      Span{offset + static_cast<std::uint32_t>(begin), offset + static_cast<std::uint32_t>(end)});
}

/// Bytes that stand for themselves; in one piece for each stretch that the file has in one.
void Expander::literal(std::size_t begin, std::size_t end) {
  if (begin == end) return;
  only_bare_ = false;
  const std::string_view text = written().substr(begin, end - begin);
  const Span whole = source(begin, end);
  if (word_.map == nullptr) return field_.append(text, whole, How::kSubstituted);
  if (whole.size() == text.size()) return field_.append(text, whole, How::kWritten);
  for (std::size_t i = begin; i < end; ++i) {
    field_.append(written().substr(i, 1), source(i, i + 1), How::kWritten);
  }
}

void Expander::read(std::size_t end) {
  std::size_t run = p_;
  while (p_ < end) {
    const char c = raw()[p_];
    const bool plain = c != '"' && c != '\\' && c != '$' && c != '`' && (c != '\'' || in_quotes_);
    if (plain) {
      ++p_;
      continue;
    }
    literal(run, p_);
    switch (c) {
      case '"':
        in_quotes_ = !in_quotes_;
        keeps_ = true;
        only_bare_ = false;
        ++p_;
        break;
      case '\'': single_quoted(end); break;
      case '\\': backslash(end); break;
      case '`': {
        const std::size_t begin = p_++;
        while (p_ < end && raw()[p_] != '`') p_ += raw()[p_] == '\\' ? 2U : 1U;
        p_ = std::min(p_ + 1, end);
        unknown(begin, p_);
        break;
      }
      default: dollar(end);
    }
    run = p_;
  }
  literal(run, end);
}

void Expander::single_quoted(std::size_t end) {
  keeps_ = true;
  only_bare_ = false;
  const std::size_t begin = ++p_;
  const std::size_t close = std::min(raw().find('\'', begin), end);
  literal(begin, close);
  p_ = std::min(close + 1, end);
}

/// $'…': without escapes it is '…'; with them its value is not worth the decoding here.
void Expander::ansi_quoted(std::size_t end) {
  const std::size_t begin = p_;
  std::size_t close = p_ + 2;
  bool escapes = false;
  while (close < end && raw()[close] != '\'') {
    escapes |= raw()[close] == '\\';
    close += raw()[close] == '\\' ? 2U : 1U;
  }
  close = std::min(close, end);
  keeps_ = true;
  only_bare_ = false;
  if (escapes) {
    unknown(begin, std::min(close + 1, end));
  } else {
    literal(std::min(begin + 2, close), close);
  }
  p_ = std::min(close + 1, end);
}

void Expander::backslash(std::size_t end) {
  const char next = at(p_ + 1, end);
  if (next == '\n') {
    p_ += 2;
  } else if (next == '\r' && at(p_ + 2, end) == '\n') {
    p_ += 3;
  } else if (p_ + 1 == end ||
             (in_quotes_ && std::string_view("$`\"\\").find(next) == std::string_view::npos)) {
    literal(p_, p_ + 1);
    p_ += 1;
  } else {
    literal(p_ + 1, p_ + 2);
    p_ += 2;
  }
}

std::size_t Expander::matching(std::size_t open, char opens, char closes, std::size_t end) const {
  std::size_t depth = 0;
  for (std::size_t i = open; i < end; ++i) {
    const char c = raw()[i];
    if (c == '\\') {
      ++i;
    } else if (c == opens) {
      ++depth;
    } else if (c == closes && --depth == 0) {
      return i;
    }
  }
  return end;
}

void Expander::dollar(std::size_t end) {
  const std::size_t begin = p_;
  const char next = at(p_ + 1, end);
  if (next == '{') {
    const std::size_t close = matching(p_ + 1, '{', '}', end);
    if (close < end) return braces(close);
    p_ = end;
    return unknown(begin, end);
  }
  if (next == '(' || next == '[') {
    p_ = std::min(matching(p_ + 1, next, next == '(' ? ')' : ']', end) + 1, end);
    return unknown(begin, p_);
  }
  if (ascii::is_name_start(next)) {
    for (p_ += 2; p_ < end && ascii::is_name(raw()[p_]);) ++p_;
    if (!variable(raw().substr(begin + 1, p_ - begin - 1), begin, p_)) unknown(begin, p_);
    return;
  }
  if (next != '\0' && is_special_parameter(next)) {
    p_ += 2;
    field_.is_list |= next == '@' || next == '*';
    return unknown(begin, p_);
  }
  if (next == '\'' && !in_quotes_) return ansi_quoted(end);
  p_ += 1;
  if (next == '"' && !in_quotes_) return;  // $"…" is "…"
  literal(begin, p_);
}

/// At "${" whose "}" is at `close`.
void Expander::braces(std::size_t close) {
  const std::size_t begin = p_;
  const std::size_t name_begin = p_ + 2;
  std::size_t q = name_begin;
  while (q < close && ascii::is_name(raw()[q])) ++q;
  if (q == name_begin && q < close && (raw()[q] == '@' || raw()[q] == '*')) {
    field_.is_list = true;
    ++q;
  }
  const std::string_view name = raw().substr(name_begin, q - name_begin);
  const std::string_view rest = raw().substr(q, close - q);
  p_ = close + 1;
  field_.is_list |= rest.starts_with("[@]") || rest.starts_with("[*]");
  const bool plain = rest.empty() || rest.starts_with(":?") || rest.starts_with('?');
  const bool colon = rest.starts_with(":-") || rest.starts_with(":=");
  const bool defaulted = colon || rest.starts_with('-') || rest.starts_with('=');
  if (name.empty() || (!plain && !defaulted)) return unknown(begin, p_);

  const Argument* value = variables_.find(name);
  if (value != nullptr && !(colon && value->empty()) && variable(name, begin, p_)) return;
  const bool decided_elsewhere =
      variables_.is_assigned(name) && (value == nullptr || !value->empty());
  if (plain || decided_elsewhere || depth_ >= kDefaultDepth) return unknown(begin, p_);
  fallback(q + (colon ? 2U : 1U), close, source(begin, p_));
}

/// The y of ${x:-y}.
// NOLINTNEXTLINE(misc-no-recursion): bounded by kDefaultDepth
void Expander::fallback(std::size_t begin, std::size_t end, Span whole) {
  WordText inner = word_;
  inner.raw = raw().substr(begin, end - begin);
  if (!inner.original.empty()) inner.original = inner.original.substr(begin, end - begin);
  inner.offset += static_cast<std::uint32_t>(begin);
  Expander nested(inner, variables_, false);
  nested.depth_ = depth_ + 1;
  nested.run();
  keeps_ = keeps_ || in_quotes_;
  only_bare_ = false;
  for (const Argument& part : nested.take()) {
    const bool known = part.known();
    Argument value(word_.file, whole);
    value.append(part.text(), whole, known ? How::kDefaulted : How::kUnknown);
    substitute(value, whole);
  }
}

void Expander::unknown(std::size_t begin, std::size_t end) {
  only_bare_ = only_bare_ && !in_quotes_;
  field_.append(written().substr(begin, end - begin), source(begin, end), How::kUnknown);
}

bool Expander::variable(std::string_view name, std::size_t begin, std::size_t end) {
  const Argument* value = variables_.find(name);
  if (value == nullptr || !variables_.spend(value->text().size())) return false;
  substitute(*value, source(begin, end));
  return true;
}

void Expander::substitute(const Argument& value, Span whole) {
  if (in_quotes_ || !splits_) {
    keeps_ = keeps_ || in_quotes_;
    if (!value.empty()) only_bare_ = false;
    field_.append_value(value, whole);
    return;
  }
  std::size_t begin = 0;
  const std::string& text = value.text();
  while (begin < text.size()) {
    const std::size_t end = std::min(value.find_first_of(" \t\n", begin), text.size());
    if (end > begin) {
      const Argument part = value.part(begin, end);
      const bool bare = only_bare_ && !part.partly_known();
      field_.append_value(part, whole);
      only_bare_ = bare;
    }
    if (end == text.size()) return;
    finish_field();
    begin = end + 1;
  }
}

}  // namespace

WordText word_text(const shell::Word& word, std::string_view script_text, std::string_view original,
                   const SourceFile& file, const LogicalText& map) {
  WordText text;
  text.raw = word.raw;
  text.file = &file;
  text.span = map.source(word.span);
  const std::string_view exact = script_text.substr(word.span.begin, word.span.size());
  if (exact == word.raw) {
    text.map = &map;
    text.offset = word.span.begin;
    text.original = original.substr(word.span.begin, word.span.size());
  }
  return text;
}

void expand(const WordText& word, Variables& variables, std::vector<Argument>& out) {
  Expander expander(word, variables, true);
  expander.run();
  for (Argument& field : expander.take()) out.push_back(std::move(field));
}

Argument expand_value(const WordText& word, Variables& variables) {
  Expander expander(word, variables, false);
  expander.run();
  std::vector<Argument> fields = expander.take();
  return fields.empty() ? Argument(word.file, word.span) : std::move(fields.front());
}

}  // namespace plimsoll::run
