#include "secret/line_count.h"

#include <algorithm>

namespace plimsoll::secret {

LineCount::Mark LineCount::after(Mark mark, std::string_view text) {
  const auto lines = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
  mark.bytes += text.size();
  if (lines > 0) {
    mark.line += lines;
    mark.column = 1;
    text.remove_prefix(text.rfind('\n') + 1);
  }
  const auto begins_point = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  mark.column += static_cast<std::uint32_t>(std::count_if(text.begin(), text.end(), begins_point));
  return mark;
}

void LineCount::advance(std::string_view text) {
  if (last_.bytes <= text.size()) {
    start_ = after(last_, text.substr(last_.bytes));
  } else {
    start_ = after(start_, text);
  }
  start_.bytes = 0;
  last_ = start_;
}

Position LineCount::position(std::string_view text) {
  last_ = last_.bytes <= text.size() ? after(last_, text.substr(last_.bytes)) : after(start_, text);
  return {last_.line, last_.column};
}

}  // namespace plimsoll::secret
