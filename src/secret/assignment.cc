#include "secret/assignment.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/ascii.h"

namespace plimsoll::secret {
namespace {

constexpr std::size_t kNameTail = 24;
constexpr std::size_t kLongestGap = 4;
constexpr std::size_t kLongestOpening = 6;
constexpr std::size_t kNameHead = 50;

/// What a byte may be part of. By table: half of what is asked about is no assignment, and most of
/// that time went into telling so.
enum Part : std::uint8_t { kName = 1, kTail = 2, kGap = 4, kOpening = 8 };

constexpr auto kParts = [] {
  std::array<std::uint8_t, 256> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const char c = static_cast<char>(i);
    if (ascii::is_name(c) || c == '.' || c == '-') parts[i] |= kName | kTail;
    if (ascii::is_blank(c)) parts[i] |= kTail;
    if (ascii::is_space(c)) parts[i] |= kGap | kOpening;
    if (c == '"' || c == '\'' || c == '`' || c == '\\') parts[i] |= kGap | kOpening;
    if (c == ']') parts[i] |= kGap;
    if (c == '=') parts[i] |= kOpening;
  }
  return parts;
}();

bool is(char c, Part part) {
  return (kParts[static_cast<unsigned char>(c)] & part) != 0;
}

/// Behind at most `most` bytes of the kind.
std::size_t skip(std::string_view text, std::size_t at, std::size_t most, Part part) {
  const std::size_t limit = std::min(text.size(), at + most);
  while (at < limit && is(text[at], part)) ++at;
  return at;
}

/// Behind the operator at `at`; `at` when there is none.
std::size_t skip_operator(std::string_view text, std::size_t at) {
  if (at >= text.size()) return at;
  const char c = text[at];
  const std::string_view rest = text.substr(at, 4);
  for (const std::string_view op : {"=>", ":::=", "::=", ":=", "||", "?="}) {
    if (c == op.front() && rest.starts_with(op)) return at + op.size();
  }
  // A comma parts arguments: f("token", "…"). Without the quote it parts anything.
  const bool behind_quote = at > 0 && (text[at - 1] == '"' || text[at - 1] == '\'');
  const bool is_operator = c == '=' || c == '>' || c == ':' || (c == ',' && behind_quote);
  return is_operator ? at + 1 : at;
}

}  // namespace

std::optional<Assignment> find_assignment(const Spot& spot) {
  const std::string_view text = spot.text;
  Assignment found;
  found.name_end = skip(text, spot.at + spot.keyword, kNameTail, kTail);
  const std::size_t gap_end = skip(text, found.name_end, kLongestGap, kGap);
  const std::size_t behind = skip_operator(text, gap_end);
  if (behind == gap_end) return std::nullopt;
  found.value = skip(text, behind, kLongestOpening, kOpening);
  found.name_begin = spot.at;
  const std::size_t first = spot.at > kNameHead ? spot.at - kNameHead : 0;
  while (found.name_begin > first && is(text[found.name_begin - 1], kName)) --found.name_begin;
  return found;
}

bool ends_value(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  const char c = text[at];
  return ascii::is_space(c) || c == '"' || c == '\'' || c == '`' || c == ';' || c == ',' ||
         c == '<' || c == '&' || c == '}' || c == '\\' || c == '\0';
}

}  // namespace plimsoll::secret
