#pragma once

#include <cstdint>

namespace plimsoll {

/// Half-open range of byte offsets into one SourceFile.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  [[nodiscard]] constexpr bool contains(Span other) const {
    return begin <= other.begin && other.end <= end;
  }
  [[nodiscard]] constexpr bool overlaps(Span other) const {
    return begin < other.end && other.begin < end;
  }
  friend constexpr bool operator==(Span, Span) = default;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 means the 0 it compares with itself
  friend constexpr auto operator<=>(Span, Span) = default;
};

}  // namespace plimsoll
