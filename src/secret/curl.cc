#include <algorithm>
#include <optional>

#include "core/ascii.h"
#include "secret/finders.h"
#include "secret/value.h"

namespace plimsoll::secret {
namespace {

constexpr std::size_t kLongestCommand = 2U << 10U;

/// A word of the command line: offsets without its quotes.
struct Word {
  Match range;
  std::size_t next = 0;
};

/// Blanks, and line ends behind a backslash; nullopt where the command ends.
std::optional<std::size_t> skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (ascii::is_blank(text[at]) || (text[at] == '#' && at > 0 && text[at - 1] == '\n')) {
      ++at;
    } else if (text[at] == '\\' && at + 1 < text.size() &&
               (text[at + 1] == '\n' || text[at + 1] == '\r')) {
      at += 2;
    } else {
      break;
    }
  }
  if (at >= text.size() || text[at] == '\n' || text[at] == '|' || text[at] == ';') {
    return std::nullopt;
  }
  return at;
}

Word word_at(std::string_view text, std::size_t at) {
  Word word;
  const char quote = text[at] == '"' || text[at] == '\'' ? text[at] : '\0';
  word.range.begin = quote == '\0' ? at : at + 1;
  std::size_t end = word.range.begin;
  while (end < text.size()) {
    const char c = text[end];
    if (quote != '\0' ? c == quote : ascii::is_space(c) || c == '"' || c == '\'') break;
    if (c == '\\' && quote == '"' && end + 1 < text.size()) ++end;
    ++end;
  }
  word.range.end = std::min(end, text.size());
  word.next = std::min(quote == '\0' ? end : end + 1, text.size());
  return word;
}

/// Calls `use(value)` for each value of the options `letter` and `name`.
template <class Use>
void for_each_option(const Spot& spot, char letter, std::string_view name, const Use& use) {
  const std::string_view text = spot.text.substr(0, spot.at + kLongestCommand);
  std::size_t at = spot.at + spot.keyword;
  if (at >= text.size() || (!ascii::is_blank(text[at]) && text[at] != '.')) return;
  // In prose about curl: no option on its line, and no further line.
  const std::string_view line = text.substr(at, text.find('\n', at) - at);
  if (line.find(" -") == std::string_view::npos && !line.ends_with('\\')) return;
  while (at < text.size()) {
    const auto start = skip_blanks(text, at);
    if (!start) return;
    const Word word = word_at(text, *start);
    at = std::max(word.next, *start + 1);
    const std::string_view option =
        text.substr(word.range.begin, word.range.end - word.range.begin);
    const bool is_short =
        option.size() >= 2 && option[0] == '-' && option[1] != '-' && option.back() == letter;
    if (is_short || option == name) {
      const auto value = skip_blanks(text, at);
      if (!value) return;
      const Word next = word_at(text, *value);
      at = std::max(next.next, *value + 1);
      use(text, next.range);
    } else if (option.starts_with(name) && option.size() > name.size() &&
               option[name.size()] == '=') {
      const std::size_t value = word.range.begin + name.size() + 1;
      if (value < text.size() && (text[value] == '"' || text[value] == '\'')) {
        const Word quoted = word_at(text, value);
        at = std::max(at, quoted.next);
        use(text, quoted.range);
      } else {
        use(text, Match{value, word.range.end});
      }
    }
  }
}

bool is_credential_byte(char c) {
  return ascii::is_name(c) || std::string_view("=~@.+/-:").find(c) != std::string_view::npos;
}

/// "Authorization", "X-Api-Key", "Private-Token", …
bool is_credential_header(std::string_view name) {
  const std::string lower = ascii::lower(name);
  return lower == "authorization" || lower == "proxy-authorization" || lower.ends_with("token") ||
         lower.ends_with("api-key") || lower.ends_with("apikey") || lower == "key" ||
         lower.ends_with("-key");
}

}  // namespace

void find_curl_header(const Spot& spot, std::vector<Match>& found) {
  for_each_option(spot, 'H', "--header", [&](std::string_view text, Match range) {
    const std::size_t colon = text.substr(0, range.end).find(':', range.begin);
    if (colon == std::string_view::npos) return;
    if (!is_credential_header(text.substr(range.begin, colon - range.begin))) return;
    std::size_t begin = colon + 1;
    while (begin < range.end && ascii::is_blank(text[begin])) ++begin;
    const std::size_t blank = text.substr(0, range.end).find(' ', begin);
    if (blank != std::string_view::npos) {  // behind the scheme
      begin = blank;
      while (begin < range.end && ascii::is_blank(text[begin])) ++begin;
    }
    const std::string_view value = text.substr(begin, range.end - begin);
    constexpr std::size_t kShortest = 8;
    constexpr double kRandom = 2.75;
    if (value.size() >= kShortest && entropy(value) >= kRandom &&
        std::all_of(value.begin(), value.end(), is_credential_byte)) {
      found.push_back({begin, range.end});
    }
  });
}

void find_curl_user(const Spot& spot, std::vector<Match>& found) {
  for_each_option(spot, 'u', "--user", [&](std::string_view text, Match range) {
    const std::string_view login = text.substr(range.begin, range.end - range.begin);
    if (login.find('$') == std::string_view::npos && text.substr(range.end).starts_with("\":\"")) {
      const Word password = word_at(text, range.end + 2);  // "user":"password"
      const std::size_t size = password.range.end - password.range.begin;
      if (size >= 3 &&
          text.substr(password.range.begin, size).find('$') == std::string_view::npos) {
        found.push_back(password.range);
      }
      return;
    }
    const std::size_t colon = login.find(':');
    if (colon == std::string_view::npos || login.size() < 4) return;
    if (login.find_first_of("$<>{}()`") != std::string_view::npos) return;
    const std::string_view user = login.substr(0, colon);
    const std::string_view password = login.substr(colon + 1);
    const std::string_view value = password.empty() ? user : password;
    // What manuals write.
    constexpr std::string_view kStandIns[] = {"pass", "password", "passwd", "token",   "secret",
                                              "yyy",  "xxx",      "apikey", "api_key", "key"};
    const std::string lower = ascii::lower(value);
    if (std::find(std::begin(kStandIns), std::end(kStandIns), lower) != std::end(kStandIns)) return;
    constexpr double kRandom = 2;
    if (value.size() < 3 || entropy(login) < kRandom) return;
    const std::size_t begin = password.empty() ? range.begin : range.begin + colon + 1;
    found.push_back({begin, begin + value.size()});
  });
}

}  // namespace plimsoll::secret
