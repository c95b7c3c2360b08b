#include "secret/line_count.h"

#include <algorithm>
#include <cstring>

namespace plimsoll::secret {
namespace {

/// Every byte of every file goes by here: 32 at a time, whatever the compiler's options are.
std::size_t count_newlines(std::string_view text) {
  using Lanes = std::uint8_t __attribute__((vector_size(16)));
  constexpr std::size_t kMostRounds = 255;  // a lane counts no further
  const Lanes newline = Lanes{} + std::uint8_t{'\n'};
  const auto is_newline = [&](std::size_t place) {
    Lanes bytes;
    std::memcpy(&bytes, text.data() + place, sizeof bytes);
    return static_cast<Lanes>(bytes == newline);  // true is -1
  };
  std::size_t count = 0;
  std::size_t at = 0;
  while (text.size() - at >= 2 * sizeof(Lanes)) {
    const std::size_t rounds = std::min(kMostRounds, (text.size() - at) / (2 * sizeof(Lanes)));
    Lanes even{};
    Lanes odd{};
    for (std::size_t i = 0; i < rounds; ++i) {
      even -= is_newline(at);
      odd -= is_newline(at + sizeof(Lanes));
      at += 2 * sizeof(Lanes);
    }
    for (std::size_t i = 0; i < sizeof(Lanes); ++i) count += std::size_t{even[i]} + odd[i];
  }
  const std::string_view rest = text.substr(at);
  return count + static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '\n'));
}

}  // namespace

LineCount::Mark LineCount::after(Mark mark, std::string_view text) {
  const auto lines = static_cast<std::uint32_t>(count_newlines(text));
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
