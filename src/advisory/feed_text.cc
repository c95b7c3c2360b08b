#include "advisory/feed_text.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "core/date.h"

namespace plimsoll::advisory {
namespace {

/// Just after the string that starts before `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2U : 1U;
  return at + 1;
}

std::string_view digits_at(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && ascii::is_digit(text[count])) ++count;
  return text.substr(0, count);
}

}  // namespace

bool FeedLines::next() {
  if (rest_.empty()) return false;
  const std::size_t end = rest_.find('\n');
  line_ = rest_.substr(0, end);
  rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 1);
  if (line_.ends_with('\r')) line_.remove_suffix(1);
  ++number_;
  return true;
}

Error unread(const FeedFile& file, std::string message, std::uint32_t line) {
  Error error;
  error.message = std::move(message);
  error.path = file.path;
  error.position = {.line = line, .column = 1};
  error.has_position = line != 0;
  return error;
}

bool is_cve(std::string_view text) {
  return !text.empty() && find_cve(text).size() == text.size();
}

std::string_view find_cve(std::string_view text) {
  constexpr std::string_view kStart = "CVE-";
  for (std::size_t at = text.find(kStart); at != std::string_view::npos;
       at = text.find(kStart, at + kStart.size())) {
    const std::string_view year = digits_at(text.substr(at + kStart.size()));
    const std::size_t dash = at + kStart.size() + year.size();
    if (year.size() != 4 || dash >= text.size() || text[dash] != '-') continue;
    const std::string_view number = digits_at(text.substr(dash + 1));
    if (number.size() >= 4) return text.substr(at, dash + 1 + number.size() - at);
  }
  return {};
}

std::string_view take_word(std::string_view& rest) {
  rest = ascii::trim(rest);
  std::size_t end = 0;
  while (end < rest.size() && !ascii::is_space(rest[end])) ++end;
  const std::string_view word = rest.substr(0, end);
  rest = ascii::trim(rest.substr(end));
  return word;
}

bool has_json_key(std::string_view head, std::size_t depth, std::string_view key) {
  if (head.find(key) == std::string_view::npos) return false;  // most heads, quickly
  std::size_t open = 0;
  for (std::size_t at = 0; at < head.size();) {
    const char c = head[at++];
    if (c == '{' || c == '[') ++open;
    if ((c == '}' || c == ']') && open > 0) --open;
    if (c != '"') continue;
    const std::size_t start = at;
    at = end_of_string(head, at);
    if (at > head.size()) return false;
    if (open != depth || head.substr(start, at - 1 - start) != key) continue;
    while (at < head.size() && ascii::is_space(head[at])) ++at;
    if (at < head.size() && head[at] == ':') return true;
  }
  return false;
}

void leave_once(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

std::string date_of_words(std::string_view text) {
  static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::size_t comma = text.find(", ");
  if (comma == 3) text.remove_prefix(comma + 2);
  const std::string_view day = take_word(text);
  const std::string_view month = take_word(text);
  const std::string_view year = take_word(text);
  const std::size_t at = kMonths.find(month);
  if (month.size() != 3 || at == std::string_view::npos || at % 3 != 0 || day.empty()) return {};
  if (day.size() > 2) return {};
  const std::size_t number = at / 3 + 1;
  const std::string date = std::string(year) + (number < 10 ? "-0" : "-") + std::to_string(number) +
                           (day.size() < 2 ? "-0" : "-") + std::string(day);
  return parse_date(date) ? date : std::string();
}

}  // namespace plimsoll::advisory
