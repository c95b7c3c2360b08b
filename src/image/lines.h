#pragma once

#include <string_view>

namespace plimsoll::image {

/// Takes the first line off `rest` and gives it without "\n" or "\r\n". Unlike a list of all lines
/// it needs no memory for a file of line ends.
[[nodiscard]] inline std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace plimsoll::image
