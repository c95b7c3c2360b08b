#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace plimsoll::report {

/// One line of a diff of two texts.
struct DiffLine {
  enum class Kind : std::uint8_t { kSame, kRemoved, kAdded };
  Kind kind = Kind::kSame;
  std::string_view text;     ///< of one of the two texts, without its line end
  std::uint32_t before = 0;  ///< 1-based number in the old text; of an added line: of what follows
  std::uint32_t after = 0;   ///< the same in the new text
  bool ends = true;          ///< false: the last line of its text, which has no line end
};

/// The shortest way from one text to the other, line by line (Myers 1986). Texts that differ in
/// more than kMostChanges lines come out as one block removed and one added.
[[nodiscard]] std::vector<DiffLine> line_diff(std::string_view before, std::string_view after);
inline constexpr std::size_t kMostChanges = 1000;

/// A stretch of a diff with some unchanged lines around the changes: [first, last) of the lines.
struct Hunk {
  std::size_t first = 0;
  std::size_t last = 0;
};
[[nodiscard]] std::vector<Hunk> hunks(const std::vector<DiffLine>& lines, std::size_t context);

}  // namespace plimsoll::report
