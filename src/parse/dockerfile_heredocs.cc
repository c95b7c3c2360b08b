#include "parse/dockerfile_heredocs.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/limits.h"
#include "parse/dockerfile_lexer.h"

namespace plimsoll::dockerfile {
namespace {

// Heredocs are found with the backslash, whatever the escape directive says.
constexpr char kEscape = '\\';

std::ptrdiff_t count_quotes(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return c == '\'' || c == '"'; });
}

std::vector<std::string> words_of(std::string_view text, bool keep_quotes, bool keep_escapes) {
  const LexOptions options{.escape = kEscape,
                           .keep_quotes = keep_quotes,
                           .keep_escapes = keep_escapes,
                           .keep_unset = true,
                           .split = true,
                           // Nothing grows without a lookup; nesting copies at most this often.
                           .max_work = (text.size() + 1) * (limits::kVariableDepth + 1)};
  return lex(text, options).words;
}

struct Delimiter {
  std::string name;
  bool expands = true;
  bool strip_tabs = false;
};

/// [fd] "<<" ["-"] {blank} delimiter, and nothing else.
std::optional<Delimiter> parse_delimiter(std::string_view word) {
  while (!word.empty() && ascii::is_digit(word.front())) word.remove_prefix(1);
  if (!word.starts_with("<<")) return std::nullopt;
  word.remove_prefix(2);
  Delimiter delimiter;
  if (word.starts_with('-')) {
    delimiter.strip_tabs = true;
    word.remove_prefix(1);
  }
  while (!word.empty() && ascii::is_space(word.front())) word.remove_prefix(1);
  if (word.empty() || word.find('<') != std::string_view::npos) return std::nullopt;
  auto bare = words_of(word, false, false);
  const auto quoted = words_of(word, true, false);
  if (bare.size() != 1 || quoted.size() != 1) return std::nullopt;
  delimiter.expands = count_quotes(bare.front()) == count_quotes(quoted.front());
  delimiter.name = std::move(bare.front());
  return delimiter;
}

}  // namespace

std::vector<Heredoc> find_heredocs(std::string_view line, std::deque<std::string>& names) {
  std::vector<Heredoc> heredocs;
  if (line.find("<<") == std::string_view::npos) return heredocs;
  for (const std::string& word : words_of(line, true, true)) {
    auto delimiter = parse_delimiter(word);
    if (!delimiter) continue;
    Heredoc& heredoc = heredocs.emplace_back();
    heredoc.name = names.emplace_back(std::move(delimiter->name));
    heredoc.expands = delimiter->expands;
    heredoc.strip_tabs = delimiter->strip_tabs;
  }
  return heredocs;
}

bool is_only_heredoc(std::string_view args) {
  return parse_delimiter(args).has_value();
}

}  // namespace plimsoll::dockerfile
