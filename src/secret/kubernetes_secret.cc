#include <algorithm>

#include "core/ascii.h"
#include "secret/finders.h"
#include "secret/value.h"

namespace plimsoll::secret {
namespace {

/// Of the manifest on either side of `kind:`.
constexpr std::size_t kFar = 3U << 10U;

struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< without its line end
  std::size_t next = 0;
  std::size_t indent = 0;
};

Line line_at(std::string_view text, std::size_t begin) {
  Line line;
  line.begin = begin;
  const std::size_t newline = text.find('\n', begin);
  line.end = std::min(newline, text.size());
  line.next = newline == std::string_view::npos ? text.size() : newline + 1;
  while (begin + line.indent < line.end && ascii::is_blank(text[begin + line.indent]))
    ++line.indent;
  while (line.end > line.begin + line.indent && ascii::is_space(text[line.end - 1])) --line.end;
  return line;
}

bool is_document_end(std::string_view line) {
  return line.starts_with("---");
}

/// "kind: Secret", nothing else that ends in it.
bool says_secret(std::string_view line) {
  while (!line.empty() &&
         (ascii::is_space(line.front()) || line.front() == '"' || line.front() == '\'')) {
    line.remove_prefix(1);
  }
  while (!line.empty() &&
         (ascii::is_space(line.back()) || line.back() == '"' || line.back() == '\'')) {
    line.remove_suffix(1);
  }
  return ascii::iequals(line, "secret");
}

class Manifest {
 public:
  Manifest(std::string_view text, std::size_t kind, std::vector<Match>& found)
      : text_(text), found_(found), begin_(start_of(text, kind)), end_(end_of(text, kind)) {}

  void read(std::size_t kind_indent) {
    for (std::size_t at = begin_; at < end_;) {
      const Line line = line_at(text_.substr(0, end_), at);
      at = line.next;
      const std::string_view words = words_of(line);
      if (line.indent == kind_indent && (words == "data:" || words == "stringData:")) {
        plain_ = words == "stringData:";
        at = values(at, kind_indent);
      }
    }
  }

 private:
  [[nodiscard]] std::string_view words_of(const Line& line) const {
    const std::size_t begin = line.begin + line.indent;
    return text_.substr(begin, line.end - begin);
  }

  static std::size_t start_of(std::string_view text, std::size_t kind) {
    const std::size_t first = kind > kFar ? kind - kFar : 0;
    std::size_t begin = text.substr(0, kind).rfind("\n---");
    begin = begin == std::string_view::npos ? 0 : begin + 1;
    if (begin >= first) return begin;
    const std::size_t newline = text.find('\n', first);
    return newline == std::string_view::npos ? kind : std::min(newline + 1, kind);
  }

  static std::size_t end_of(std::string_view text, std::size_t kind) {
    const std::size_t last = std::min(kind + kFar, text.size());
    return std::min(text.find("\n---", kind), last);
  }

  /// The entries below `data:`. @return behind them
  std::size_t values(std::size_t at, std::size_t indent) {
    while (at < end_) {
      const Line line = line_at(text_.substr(0, end_), at);
      const std::string_view words = words_of(line);
      if (!words.empty() && (line.indent <= indent || is_document_end(words))) return at;
      at = line.next;
      value(line, at);
    }
    return at;
  }

  void value(const Line& line, std::size_t& next) {
    const std::string_view words = words_of(line);
    const std::size_t colon = words.find(':');
    if (colon == std::string_view::npos || words.front() == '#') return;
    std::size_t begin = line.begin + line.indent + colon + 1;
    std::size_t end = line.end;
    while (begin < end && ascii::is_blank(text_[begin])) ++begin;
    if (begin < end && (text_[begin] == '|' || text_[begin] == '>')) {
      const Line below = line_at(text_.substr(0, end_), next);
      if (below.indent <= line.indent) return;
      begin = below.begin + below.indent;
      end = below.end;
      next = below.next;
    }
    if (end > begin + 1 && (text_[begin] == '"' || text_[begin] == '\'')) {
      ++begin;
      end = std::max(begin, std::min(text_.find(text_[begin - 1], begin), end));
    }
    const std::string_view value = text_.substr(begin, end - begin);
    constexpr std::size_t kShortest = 10;
    const bool encoded = std::all_of(value.begin(), value.end(), [](char c) {
      return ascii::is_alnum(c) || c == '+' || c == '/' || c == '=';
    });
    // Plain words are settings more often than secrets.
    const bool wanted =
        plain_ ? std::any_of(value.begin(), value.end(), ascii::is_digit) : value.size() % 4 == 0;
    if (value.size() >= kShortest && encoded && wanted) found_.push_back({begin, end});
  }

  std::string_view text_;
  std::vector<Match>& found_;
  std::size_t begin_;
  std::size_t end_;
  bool plain_ = false;  ///< stringData: not in base64
};

}  // namespace

void find_kubernetes_secret(const Spot& spot, std::vector<Match>& found) {
  const std::string_view text = spot.text;
  const std::size_t newline = spot.at == 0 ? std::string_view::npos : text.rfind('\n', spot.at - 1);
  const Line line = line_at(text, newline == std::string_view::npos ? 0 : newline + 1);
  const std::size_t begin = line.begin + line.indent;
  if (begin != spot.at && !(begin + 1 == spot.at && (text[begin] == '"' || text[begin] == '\''))) {
    return;
  }
  const std::size_t value = spot.at + spot.keyword;
  if (value > line.end || !says_secret(text.substr(value, line.end - value))) return;
  Manifest(text, spot.at, found).read(line.indent);
}

}  // namespace plimsoll::secret
