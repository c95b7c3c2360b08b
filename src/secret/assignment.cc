#include "secret/assignment.h"

#include "core/ascii.h"

namespace plimsoll::secret {
namespace {

constexpr std::size_t kNameTail = 24;
constexpr std::size_t kGap = 4;
constexpr std::size_t kOpening = 6;
constexpr std::size_t kNameHead = 50;

bool is_name(char c) {
  return ascii::is_name(c) || c == '.' || c == '-';
}

bool is_gap(char c) {
  return ascii::is_space(c) || c == '"' || c == '\'' || c == ']' || c == '\\' || c == '`';
}

bool is_opening(char c) {
  return ascii::is_space(c) || c == '"' || c == '\'' || c == '`' || c == '=' || c == '\\';
}

/// Behind the operator at `at`; `at` when there is none.
std::size_t skip_operator(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 4);
  for (const std::string_view op : {"=>", ":::=", "::=", ":=", "||", "?="}) {
    if (rest.starts_with(op)) return at + op.size();
  }
  if (rest.empty()) return at;
  const char c = rest.front();
  // A comma parts arguments: f("token", "…"). Without the quote it parts anything.
  const bool behind_quote = at > 0 && (text[at - 1] == '"' || text[at - 1] == '\'');
  const bool is_operator = c == '=' || c == '>' || c == ':' || (c == ',' && behind_quote);
  return is_operator ? at + 1 : at;
}

}  // namespace

std::optional<Assignment> find_assignment(const Spot& spot) {
  const std::string_view text = spot.text;
  std::size_t at = spot.at + spot.keyword;
  Assignment found;
  std::size_t limit = at + kNameTail;
  while (at < text.size() && at < limit && (is_name(text[at]) || ascii::is_blank(text[at]))) ++at;
  found.name_end = at;
  limit = at + kGap;
  while (at < text.size() && at < limit && is_gap(text[at])) ++at;
  const std::size_t behind = skip_operator(text, at);
  if (behind == at) return std::nullopt;
  at = behind;
  limit = at + kOpening;
  while (at < text.size() && at < limit && is_opening(text[at])) ++at;
  found.value = at;
  found.name_begin = spot.at;
  const std::size_t first = spot.at > kNameHead ? spot.at - kNameHead : 0;
  while (found.name_begin > first && is_name(text[found.name_begin - 1])) --found.name_begin;
  return found;
}

bool ends_value(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  const char c = text[at];
  return ascii::is_space(c) || c == '"' || c == '\'' || c == '`' || c == ';' || c == ',' ||
         c == '<' || c == '&' || c == '}' || c == '\\' || c == '\0';
}

}  // namespace plimsoll::secret
