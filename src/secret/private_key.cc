#include <algorithm>

#include "core/ascii.h"
#include "secret/finders.h"

namespace plimsoll::secret {
namespace {

bool is_base64(char c) {
  return ascii::is_alnum(c) || c == '+' || c == '/' || c == '=';
}

/// Blanks, line ends, and line ends as strings of code and JSON write them.
std::size_t skip_line_ends(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end) {
    if (ascii::is_space(text[at])) {
      ++at;
    } else if (text[at] == '\\' && at + 1 < end && (text[at + 1] == 'n' || text[at + 1] == 'r')) {
      at += 2;
    } else if (text[at] == '\\' && at + 1 < end && text[at + 1] == '\\') {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

/// The end of "-----BEGIN … PRIVATE KEY[ BLOCK]-----" that starts at `at`; 0 when it is none.
std::size_t header_end(std::string_view text, std::size_t at) {
  constexpr std::size_t kBegin = 10;  // of "-----BEGIN"
  constexpr std::size_t kLongest = 120;
  const std::size_t label = at + kBegin;
  const std::size_t dashes = text.substr(0, label + kLongest).find("-----", label);
  if (dashes == std::string_view::npos) return 0;
  std::string_view name = text.substr(label, dashes - label);
  if (name.ends_with(" BLOCK")) name.remove_suffix(6);
  const bool is_label = std::all_of(name.begin(), name.end(), [](char c) {
    return ascii::is_upper(c) || ascii::is_digit(c) || c == ' ' || c == '-' || c == '_';
  });
  return is_label && name.ends_with("PRIVATE KEY") ? dashes + 5 : 0;
}

/// Without its end, a first line that looks written, not programmed.
std::size_t first_line_end(std::string_view text, std::size_t body) {
  constexpr std::size_t kShortest = 12;
  std::size_t end = body;
  while (end < text.size() && (ascii::is_alnum(text[end]) || text[end] == ' ' || text[end] == '+' ||
                               text[end] == '/' || text[end] == '=')) {
    ++end;
  }
  while (end > body && text[end - 1] == ' ') --end;
  const bool ends = end >= text.size() || ascii::is_space(text[end]) || text[end] == '\\';
  return ends && end - body >= kShortest ? end : body;
}

}  // namespace

void find_private_key(const Spot& spot, std::vector<Match>& found) {
  const std::string_view text = spot.text;
  const std::size_t header = header_end(text, spot.at);
  if (header == 0) return;
  // No further than the next armour line, so that many beginnings cost no more than one.
  const std::size_t next = text.find("-----", header);
  const std::size_t limit = std::min(next, text.size());
  const std::size_t body = skip_line_ends(text, header, limit);
  if (body == header) return;
  const bool has_end = next != std::string_view::npos && text.substr(next).starts_with("-----END");
  if (!has_end && next == std::string_view::npos && !spot.ends_text) {
    // Longer than what is seen: a large key.
    if (first_line_end(text, body) > body) found.push_back({body, first_line_end(text, body)});
    return;
  }
  if (!has_end) {
    const std::size_t end = first_line_end(text, body);
    if (end > body && end <= limit) found.push_back({body, end});
    return;
  }
  constexpr std::ptrdiff_t kShortest = 40;
  std::size_t end = limit;
  while (end > body && (ascii::is_space(text[end - 1]) || text[end - 1] == '\\')) --end;
  if (end > body + 1 && text[end - 1] == 'n' && text[end - 2] == '\\') end -= 2;
  const std::string_view inside = text.substr(body, end - body);
  if (std::count_if(inside.begin(), inside.end(), is_base64) < kShortest) return;
  found.push_back({body, end});
}

void find_putty_key(const Spot& spot, std::vector<Match>& found) {
  constexpr std::string_view kLines = "Private-Lines:";
  const std::string_view text = spot.text;
  const std::size_t lines = text.find(kLines, spot.at);
  if (lines == std::string_view::npos) return;
  std::size_t at = lines + kLines.size();
  while (at < text.size() && (ascii::is_blank(text[at]) || ascii::is_digit(text[at]))) ++at;
  const std::size_t body = skip_line_ends(text, at, text.size());
  std::size_t end = body;
  while (end < text.size() && (is_base64(text[end]) || ascii::is_space(text[end]))) ++end;
  // "Private-MAC" begins with letters of base64, too.
  const std::size_t mac = text.substr(0, end).rfind("Private");
  if (mac != std::string_view::npos && mac > body) end = mac;
  while (end > body && ascii::is_space(text[end - 1])) --end;
  if (end - body >= 40) found.push_back({body, end});
}

}  // namespace plimsoll::secret
