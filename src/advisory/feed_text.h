#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "advisory/feed.h"

/// What feeds of plain text, tables and JSON have in common.
namespace plimsoll::advisory {

/// The lines of a feed, one after the other, without "\n" or "\r\n".
class FeedLines {
 public:
  explicit FeedLines(std::string_view bytes) : rest_(bytes) {}
  /// False at the end.
  [[nodiscard]] bool next();
  [[nodiscard]] std::string_view line() const { return line_; }
  [[nodiscard]] std::uint32_t number() const { return number_; }  ///< 1-based

 private:
  std::string_view rest_;
  std::string_view line_;
  std::uint32_t number_ = 0;
};

/// The first cells of a row; those that are missing are "".
template <std::size_t kCount>
[[nodiscard]] std::array<std::string_view, kCount> cells_of(std::string_view row, char separator) {
  std::array<std::string_view, kCount> cells{};
  for (std::string_view& cell : cells) {
    const std::size_t end = row.find(separator);
    cell = row.substr(0, end);
    row = end == std::string_view::npos ? std::string_view{} : row.substr(end + 1);
  }
  return cells;
}

/// For FeedSink::skip. @param line  1-based; 0 where there are no lines to name
[[nodiscard]] Error unread(const FeedFile& file, std::string message, std::uint32_t line = 0);

/// "CVE-", a year of four digits and a number of at least four.
[[nodiscard]] bool is_cve(std::string_view text);
/// The first such in a text, "" without: "CVE:00001:CVE-2019-9936" holds one.
[[nodiscard]] std::string_view find_cve(std::string_view text);

/// Takes the first word off `rest`, and the blanks around it.
[[nodiscard]] std::string_view take_word(std::string_view& rest);

/// Whether an object of the JSON has a key. A feed's first bytes are no whole document, so this
/// looks at brackets and strings only.
/// @param depth  how many brackets are open: 1 for keys of the document's own object
[[nodiscard]] bool has_json_key(std::string_view head, std::size_t depth, std::string_view key);

/// Sorts them and leaves each once.
void leave_once(std::vector<std::string>& names);

/// "2023-03-29" of "29 Mar 2023" or "Wed, 29 Mar 2023 00:10:00 GMT"; "" of anything else.
[[nodiscard]] std::string date_of_words(std::string_view text);

}  // namespace plimsoll::advisory
