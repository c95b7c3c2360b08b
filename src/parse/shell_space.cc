#include <algorithm>
#include <cstring>

#include "parse/shell_chars.h"
#include "parse/shell_parser.h"

// What stands between words: blanks, continuations, comments, and the bodies of heredocs, which
// follow the line that announces them.

namespace plimsoll::shell {

bool Parser::ends_word(const char* at) const {
  if (at == end_) return true;
  const CharClass what = char_class(*at);
  if (what == CharClass::kReturn) return end_ - at > 1 && at[1] == '\n';
  return what == CharClass::kDelimiter;
}

/// Length of a backslash-newline at `at`, else 0. `\`, CR, LF counts: scripts saved on Windows.
std::size_t Parser::continuation(const char* at) const {
  if (end_ - at < 2 || *at != '\\') return 0;
  if (at[1] == '\n') return 2;
  return end_ - at >= 3 && at[1] == '\r' && at[2] == '\n' ? 3 : 0;
}

/// To the next token on this line. Always called where a token may begin, so `#` is a comment.
void Parser::skip_blanks() {
  while (p_ < end_) {
    switch (*p_) {
      case ' ':
      case '\t': ++p_; break;
      case '\r':
        if (ahead(1) != '\n') return;
        ++p_;
        break;
      case '\\': {
        const std::size_t length = continuation(p_);
        if (length == 0) return;
        p_ += length;
        break;
      }
      case '#': {
        const void* newline = std::memchr(p_, '\n', static_cast<std::size_t>(end_ - p_));
        p_ = newline == nullptr ? end_ : static_cast<const char*>(newline);
        return;
      }
      default: return;
    }
  }
}

void Parser::skip_space() {
  for (skip_blanks(); looking_at('\n'); skip_blanks()) {
    ++p_;
    if (!heredocs_.empty()) heredoc_bodies();
  }
}

void Parser::heredoc_bodies() {
  std::vector<PendingHeredoc> pending;
  pending.swap(heredocs_);  // expansions in a body may announce their own
  for (const PendingHeredoc& heredoc : pending) heredoc_body(heredoc);
}

/// Skips to behind the delimiter's line, or to the end: shells only warn then.
void Parser::heredoc_body(const PendingHeredoc& heredoc) {
  const char* body = p_;
  const char* body_end = end_;
  bool joined = false;
  while (p_ < end_) {
    const char* line_begin = p_;
    const void* newline = std::memchr(p_, '\n', static_cast<std::size_t>(end_ - p_));
    const char* line_end = newline == nullptr ? end_ : static_cast<const char*>(newline);
    p_ = newline == nullptr ? end_ : line_end + 1;
    std::string_view line(line_begin, static_cast<std::size_t>(line_end - line_begin));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t before_slashes = line.find_last_not_of('\\');
    const std::size_t slashes = line.size() - (before_slashes + 1);  // npos + 1 is 0
    if (heredoc.strips_tabs) {
      line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
    }
    if (!joined && line == heredoc.delimiter) {
      body_end = line_begin;
      break;
    }
    joined = heredoc.expands && slashes % 2 == 1;
  }
  if (heredoc.expands && body < body_end) {
    heredoc_expansions({body, static_cast<std::size_t>(body_end - body)});
  }
}

/// The body is read like the inside of "…", but that " is ordinary.
// NOLINTNEXTLINE(misc-no-recursion): bounded by Level, limits::kShellDepth
void Parser::heredoc_expansions(std::string_view body) {
  const Excursion excursion(*this, body);
  Word unused;
  while (p_ < end_) {
    switch (*p_) {
      case '\\': p_ += end_ - p_ > 1 ? 2 : 1; break;
      case '$': dollar(unused, true); break;
      case '`': backticks(unused, false); break;
      default: ++p_;
    }
  }
}

}  // namespace plimsoll::shell
