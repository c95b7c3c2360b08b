#include "image/spdx_tag_value.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::image {

std::vector<SpdxTag> spdx_tags(std::string_view text) {
  constexpr std::string_view kOpen = "<text>";
  constexpr std::string_view kClose = "</text>";
  std::vector<SpdxTag> tags;
  std::uint32_t number = 0;
  while (!text.empty()) {
    std::size_t end = std::min(text.find('\n'), text.size());
    ++number;
    const std::string_view line = ascii::trim(text.substr(0, end));
    const std::uint32_t first = number;
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && !line.starts_with('#')) {
      std::string_view value = ascii::trim(line.substr(colon + 1));
      if (value.starts_with(kOpen)) {
        const std::size_t begin = text.find(kOpen) + kOpen.size();
        const std::size_t close = std::min(text.find(kClose, begin), text.size());
        value = ascii::trim(text.substr(begin, close - begin));
        const std::size_t past = std::min(text.find('\n', close), text.size());
        number += static_cast<std::uint32_t>(std::count(
            text.begin() + static_cast<long>(end), text.begin() + static_cast<long>(past), '\n'));
        end = past;
      }
      tags.push_back({ascii::trim(line.substr(0, colon)), value, first});
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return tags;
}

}  // namespace plimsoll::image
