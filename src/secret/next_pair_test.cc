#include "secret/next_pair.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::secret {
namespace {

std::size_t plain(const std::string& text, std::size_t at, std::size_t end, char c,
                  std::size_t gap) {
  for (; at < end; ++at) {
    if (text[at] == c && at + gap < text.size() && text[at + gap] == c) return at;
  }
  return end;
}

TEST(NextPair, IsWhatLookingAtEachByteFinds) {
  std::uint32_t random = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    random = random * 1664525U + 1013904223U;
    const std::size_t size = random >> 16U & 127U;
    for (std::size_t i = 0; i < size; ++i) {
      random = random * 1664525U + 1013904223U;
      text += (random >> 20U) % 6 == 0 ? '.' : 'a';
    }
    const std::size_t gap = 1 + (random >> 8U) % 40;
    for (std::size_t end = 0; end <= size; ++end) {
      ASSERT_EQ(next_pair(text, 0, end, '.', gap), plain(text, 0, end, '.', gap))
          << text << ' ' << gap << ' ' << end;
      ASSERT_EQ(next_pair(text, end, size, '.', gap), plain(text, end, size, '.', gap))
          << text << ' ' << gap << ' ' << end;
    }
  }
}

}  // namespace
}  // namespace plimsoll::secret
