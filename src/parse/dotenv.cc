#include "parse/dotenv.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/ascii.h"

namespace plimsoll::dotenv {
namespace {

bool is_key(char c) {
  return ascii::is_name(c) || c == '.' || c == '-';
}

/// What a backslash and this letter stand for in double quotes; other pairs stay as they are.
/// `\$` stays, too: it is for the interpolation that comes after.
std::optional<char> escaped(char c) {
  switch (c) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case '"': return '"';
    case '\\': return '\\';
    default: return std::nullopt;
  }
}

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto value = text[i] == '\\' && i + 1 < text.size() ? escaped(text[i + 1]) : std::nullopt;
    out += value.value_or(text[i]);
    if (value) ++i;
  }
  return out;
}

///   file   = { blank-line | comment | entry }
///   entry  = [ "export" ] key [ ( "=" | ":" ) value ] [ comment ]
///   value  = "'" … "'" | '"' … '"' | bytes up to a blank and '#', or the end of the line
class Reader {
 public:
  explicit Reader(const SourceFile& source) : source_(source), text_(source.text()) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  File read() && {
    file_.source = &source_;
    while (at_ < size()) {
      skip_space();
      if (at_ < size() && text_[at_] != '#') read_entry();
      skip_line();
    }
    return std::move(file_);
  }

 private:
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }

  void skip_space() {
    while (at_ < size() && ascii::is_space(text_[at_])) ++at_;
  }
  void skip_blanks() {
    while (at_ < size() && ascii::is_blank(text_[at_])) ++at_;
  }
  [[nodiscard]] std::uint32_t line_end() const {
    return static_cast<std::uint32_t>(std::min(text_.find_first_of("\r\n", at_), text_.size()));
  }
  void skip_line() { at_ = line_end(); }

  void fail(Span span, std::string message) {
    file_.problems.push_back({span, std::move(message)});
  }

  std::string_view read_word() {
    const std::uint32_t begin = at_;
    while (at_ < size() && is_key(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void read_entry() {
    Entry entry;
    entry.span.begin = at_;
    entry.key = read_word();
    std::uint32_t key_end = at_;
    skip_blanks();
    const bool exported =
        entry.key == "export" && at_ > key_end && at_ < size() && ascii::is_name_start(text_[at_]);
    if (exported) {
      entry.key = read_word();
      key_end = at_;
      skip_blanks();
    }
    if (entry.key.empty() || ascii::is_digit(entry.key.front())) {
      return fail({entry.span.begin, line_end()}, "expected a variable's name");
    }
    entry.key_span = {key_end - static_cast<std::uint32_t>(entry.key.size()), key_end};
    entry.span.end = key_end;
    const std::uint32_t end = line_end();
    if (at_ == end || text_[at_] == '#') {
      entry.has_value = false;
      entry.value_span = {key_end, key_end};
      file_.entries.push_back(std::move(entry));
      return;
    }
    if (text_[at_] != '=' && text_[at_] != ':') {
      return fail({entry.span.begin, end}, "expected '=' after the name");
    }
    ++at_;
    read_value(std::move(entry));
  }

  void read_value(Entry entry) {
    const std::uint32_t after_sign = at_;
    skip_blanks();
    const char first = at_ < size() ? text_[at_] : '\n';
    if (first == '"' || first == '\'') return read_quoted(std::move(entry), first);
    const std::uint32_t begin = at_;
    std::uint32_t end = line_end();
    for (std::uint32_t i = after_sign; i < end; ++i) {
      if (text_[i] == '#' && ascii::is_blank(text_[i - 1])) end = i;  // an inline comment
    }
    while (end > begin && ascii::is_blank(text_[end - 1])) --end;
    entry.value_span = end > begin ? Span{begin, end} : Span{after_sign, after_sign};
    entry.value = std::string(source_.slice(entry.value_span));
    finish(std::move(entry));
  }

  void read_quoted(Entry entry, char quote) {
    const std::uint32_t begin = at_++;
    // Having found no closing quote once, look for none again: each line would search the rest.
    bool& hopeless = quote == '"' ? no_double_ : no_single_;
    while (!hopeless && at_ < size() && text_[at_] != quote) {
      at_ += text_[at_] == '\\' && quote == '"' ? 2U : 1U;
    }
    if (hopeless || at_ >= size()) {
      hopeless = true;
      at_ = begin;
      return fail({begin, line_end()}, "a quote that never ends");
    }
    ++at_;
    entry.quotes = quote == '"' ? Quotes::kDouble : Quotes::kSingle;
    entry.value_span = {begin, at_};
    const std::string_view inner = text_.substr(begin + 1, at_ - begin - 2);
    entry.value = quote == '"' ? unescape(inner) : std::string(inner);
    skip_blanks();
    if (at_ != line_end() && text_[at_] != '#') {
      return fail({at_, line_end()}, "unexpected text after the quoted value");
    }
    finish(std::move(entry));
  }

  void finish(Entry entry) {
    entry.span.end = std::max(entry.span.end, entry.value_span.end);
    file_.entries.push_back(std::move(entry));
  }

  const SourceFile& source_;
  std::string_view text_;
  std::uint32_t at_ = 0;
  bool no_double_ = false;
  bool no_single_ = false;
  File file_;
};

}  // namespace

const Entry* File::find(std::string_view key) const {
  const auto last = std::find_if(entries.rbegin(), entries.rend(),
                                 [key](const Entry& entry) { return entry.key == key; });
  return last == entries.rend() ? nullptr : &*last;
}

File parse(const SourceFile& source) {
  return Reader(source).read();
}

}  // namespace plimsoll::dotenv
