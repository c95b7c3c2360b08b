#include "parse/dockerfile_lexer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "parse/dockerfile_pattern.h"
#include "parse/dockerfile_space.h"

namespace plimsoll::dockerfile {
namespace {

constexpr int kEnd = -1;
constexpr std::size_t kMaxUnknown = 64;  // names kept for a message; more help nobody

/// Words that grow byte by byte; none without a buffer. BuildKit uses one buffer for a word and for
/// the words nested in its ${…}, so a nested word empties what came before it; that decides what is
/// a heredoc.
struct WordList {
  std::string* buffer = nullptr;
  std::vector<std::string> words;
  bool in_word = false;

  void add(char c) {
    if (buffer == nullptr) return;
    if (!ascii::is_space(c)) {
      add_raw(c);
    } else if (in_word && !buffer->empty()) {
      flush();
    }
  }
  void add_raw(char c) {
    if (buffer == nullptr) return;
    buffer->push_back(c);
    in_word = true;
  }
  void add_raw(std::string_view text) {
    if (buffer == nullptr) return;
    buffer->append(text);
    in_word = true;
  }
  void flush() {
    if (buffer == nullptr) return;
    if (!buffer->empty()) words.push_back(std::move(*buffer));
    buffer->clear();
    in_word = false;
  }
};

class Lexer {
 public:
  Lexer(std::string_view text, const LexOptions& options)
      : text_(text), options_(options), keep_escapes_(options.keep_escapes) {}

  Lexed run() {
    Lexed lexed;
    lexed.text = until(kEnd, keep_escapes_, false, &lexed.words);
    lexed.ok = !failed_;
    lexed.work = std::min(work_, options_.max_work);
    if (failed_) lexed.words.clear();
    lexed.unknown = std::move(unknown_);
    return lexed;
  }

 private:
  [[nodiscard]] int peek() const {
    return at_ < text_.size() ? static_cast<unsigned char>(text_[at_]) : kEnd;
  }
  int take() {
    const int c = peek();
    if (c != kEnd) ++at_;
    return c;
  }
  [[nodiscard]] bool is_escape(int c) const {
    return c == static_cast<unsigned char>(options_.escape);
  }
  std::string fail() {
    failed_ = true;
    return {};
  }
  void append(std::string& out, std::string_view text) {
    work_ += text.size();
    if (work_ > options_.max_work) {
      failed_ = true;
      return;
    }
    out.append(text);
  }
  void append(std::string& out, int c) {
    const char byte = static_cast<char>(c);
    append(out, std::string_view(&byte, 1));
  }

  std::string until(int stop, bool keep_escapes, bool in_pattern, std::vector<std::string>* words);
  void step(WordList& list, std::string& out, bool in_pattern);
  std::string single_quoted(bool in_pattern);
  std::string double_quoted(bool in_pattern);
  std::string variable();
  std::string braced();
  std::string with_word(const std::string& name, std::string operation);
  std::string replaced(const std::string& name);
  std::string trimmed(const std::string& value, std::string_view pattern, bool suffix);
  [[nodiscard]] std::size_t work_left() const {
    return options_.max_work - std::min(work_, options_.max_work);
  }
  std::string less_than();
  std::string name();
  std::optional<std::string> value_of(const std::string& name);
  void note_unknown(const std::string& name);

  std::string_view text_;
  const LexOptions& options_;
  std::size_t at_ = 0;
  bool keep_escapes_;
  bool failed_ = false;
  std::size_t work_ = 0;
  std::size_t depth_ = 0;
  std::string buffer_;
  std::vector<std::string> unknown_;
};

// `until`, `variable` and what lies between call each other; `depth_` (limits::kVariableDepth)
// bounds it.
// NOLINTBEGIN(misc-no-recursion)
std::string Lexer::until(int stop, bool keep_escapes, bool in_pattern,
                         std::vector<std::string>* words) {
  if (depth_ == limits::kVariableDepth) return fail();
  ++depth_;
  const bool outer_keep_escapes = std::exchange(keep_escapes_, keep_escapes);
  buffer_.clear();
  WordList list{.buffer = words != nullptr && options_.split ? &buffer_ : nullptr};
  std::string out;
  bool stopped = false;
  while (!failed_ && !stopped && peek() != kEnd) {
    if (stop != kEnd && peek() == stop) {
      ++at_;
      stopped = true;
    } else {
      step(list, out, in_pattern);
    }
  }
  if (stop != kEnd && !stopped) failed_ = true;
  list.flush();
  if (words != nullptr) *words = std::move(list.words);
  keep_escapes_ = outer_keep_escapes;
  --depth_;
  return out;
}

void Lexer::step(WordList& list, std::string& out, bool in_pattern) {
  const int c = peek();
  if (c == '$') {
    const std::string text = variable();
    append(out, text);
    if (list.buffer != nullptr) {
      for (const char byte : text) list.add(byte);
    }
    return;
  }
  if (c == '\'' || c == '"' || c == '<') {
    const std::string text = c == '\''  ? single_quoted(in_pattern)
                             : c == '"' ? double_quoted(in_pattern)
                                        : less_than();
    append(out, text);
    list.add_raw(text);
    return;
  }
  if (const std::size_t wide = wide_space_size(text_.substr(at_))) {
    list.add(' ');
    append(out, text_.substr(at_, wide));
    at_ += wide;
    return;
  }
  ++at_;
  if (!is_escape(c)) {
    list.add(static_cast<char>(c));
    append(out, c);
    return;
  }
  if (keep_escapes_) {
    list.add_raw(options_.escape);
    append(out, c);
  }
  const int escaped = take();
  if (escaped == kEnd) return;
  list.add_raw(static_cast<char>(escaped));
  append(out, escaped);
}

std::string Lexer::single_quoted(bool in_pattern) {
  std::string out;
  const int quote = take();
  if (options_.keep_quotes) append(out, quote);
  while (!failed_) {
    const int c = take();
    if (c == kEnd) return fail();
    if (c == quote) {
      if (options_.keep_quotes) append(out, quote);
      return out;
    }
    if (in_pattern && is_escape(c)) append(out, c);
    append(out, c);
  }
  return out;
}

std::string Lexer::double_quoted(bool in_pattern) {
  std::string out;
  const int quote = take();
  if (options_.keep_quotes) append(out, quote);
  while (!failed_) {
    if (peek() == '$') {
      append(out, variable());
      continue;
    }
    int c = take();
    if (c == kEnd) return fail();
    if (c == quote) {
      if (options_.keep_quotes) append(out, quote);
      return out;
    }
    if (is_escape(c)) {
      const int escaped = peek();
      if (escaped == kEnd) continue;
      if (escaped == '"' || escaped == '$' || is_escape(escaped)) {
        if (keep_escapes_) append(out, c);
        c = take();
      } else if (keep_escapes_ && (!options_.keep_quotes || in_pattern)) {
        append(out, c);
      }
    }
    append(out, c);
  }
  return out;
}

/// "<<" and the blanks after it stay in one word, so that `<< EOF` is one.
std::string Lexer::less_than() {
  ++at_;
  if (peek() != '<') return "<";
  ++at_;
  std::string out = "<<";
  while (peek() == ' ' || peek() == '\t' || peek() == '\r')
    out.push_back(static_cast<char>(take()));
  return out;
}

std::string Lexer::name() {
  const std::size_t begin = at_;
  const int first = peek();
  if (first != kEnd && ascii::is_digit(static_cast<char>(first))) {
    while (peek() != kEnd && ascii::is_digit(static_cast<char>(peek()))) ++at_;
  } else if (first != kEnd &&
             std::string_view("@*#?-$!").find(static_cast<char>(first)) != std::string_view::npos) {
    ++at_;
  } else {
    while (peek() != kEnd && ascii::is_name(static_cast<char>(peek()))) ++at_;
  }
  return std::string(text_.substr(begin, at_ - begin));
}

std::optional<std::string> Lexer::value_of(const std::string& name) {
  if (options_.lookup.get == nullptr) return std::nullopt;
  auto value = options_.lookup.get(options_.lookup.context, name);
  // Looking up is work too, also when the value is dropped: ${x:+$big}${x:+$big}…
  if (value) work_ += value->size();
  if (work_ > options_.max_work) failed_ = true;
  return value;
}

void Lexer::note_unknown(const std::string& name) {
  if (unknown_.size() >= kMaxUnknown) return;
  if (std::find(unknown_.begin(), unknown_.end(), name) == unknown_.end()) unknown_.push_back(name);
}

std::string Lexer::variable() {
  ++at_;
  if (peek() == '{') {
    ++at_;
    return braced();
  }
  const std::string variable_name = name();
  if (variable_name.empty()) return "$";
  if (auto value = value_of(variable_name)) return *std::move(value);
  note_unknown(variable_name);
  return options_.keep_unset ? "$" + variable_name : std::string();
}

std::string Lexer::braced() {
  if (peek() == kEnd || peek() == '{' || peek() == '}' || peek() == ':') return fail();
  const std::string variable_name = name();
  const int operation = take();
  switch (operation) {
    case '}': {
      if (auto value = value_of(variable_name)) return *std::move(value);
      note_unknown(variable_name);
      return options_.keep_unset ? "${" + variable_name + "}" : std::string();
    }
    case '+':
    case '-':
    case '?':
    case '#':
    case '%': return with_word(variable_name, {static_cast<char>(operation)});
    case ':': {
      const int second = take();
      if (second == kEnd || second == '#' || second == '%') return fail();
      return with_word(variable_name, {':', static_cast<char>(second)});
    }
    case '/': return replaced(variable_name);
    default: return fail();
  }
}

std::string Lexer::with_word(const std::string& name, std::string operation) {
  const char kind = operation.back();
  const bool in_pattern = kind == '#' || kind == '%';
  const std::string word = until('}', in_pattern, in_pattern, nullptr);
  if (failed_) return {};
  const auto value = value_of(name);
  if (!value && options_.keep_unset) {
    std::string kept = "${" + name;
    kept += operation;
    kept += word;
    return kept + "}";
  }
  const bool present = value && (operation.size() == 1 || !value->empty());
  switch (kind) {
    case '-': return present ? *value : word;
    case '+': return present ? word : std::string();
    case '?':
      if (present) return *value;
      note_unknown(name);
      return fail();
    case '#':
    case '%':
      if (!value) note_unknown(name);
      return trimmed(value.value_or(""), word, kind == '%');
    // Refused only here: PowerShell's ${env:x} must not hide a heredoc further on.
    default: return fail();
  }
}

std::string Lexer::trimmed(const std::string& value, std::string_view pattern, bool suffix) {
  const bool longest = !pattern.empty() && pattern.front() == (suffix ? '%' : '#');
  if (longest) pattern.remove_prefix(1);
  const auto compiled = Pattern::compile(pattern);
  if (!compiled) return fail();
  const Trim trim{.suffix = suffix, .longest = longest};
  std::size_t steps = work_left();
  const auto rest = compiled->trim(value, trim, steps);
  work_ = options_.max_work - steps;
  return rest ? std::string(*rest) : fail();
}

std::string Lexer::replaced(const std::string& name) {
  const bool all = peek() == '/';
  if (all) ++at_;
  const std::string pattern = until('/', true, true, nullptr);
  if (failed_) return {};
  const std::string replacement = until('}', true, false, nullptr);
  if (failed_) return {};
  const auto value = value_of(name);
  if (!value && options_.keep_unset) return "${" + name + "/" + pattern + "/" + replacement + "}";
  if (!value) note_unknown(name);
  const auto compiled = Pattern::compile(pattern);
  if (!compiled) return fail();
  std::size_t steps = work_left();
  auto out = compiled->replace(value.value_or(""), replacement, all, steps);
  work_ = options_.max_work - steps;
  return out ? *std::move(out) : fail();
}
// NOLINTEND(misc-no-recursion)

}  // namespace

Lexed lex(std::string_view text, const LexOptions& options) {
  return Lexer(text, options).run();
}

}  // namespace plimsoll::dockerfile
