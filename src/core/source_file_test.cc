#include "core/source_file.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll {
namespace {

TEST(SourceFile, CountsColumnsInCodePoints) {
  const SourceFile file("f", "a\nb\xC3\xA9z\n");
  EXPECT_EQ(file.position(0), (Position{1, 1}));
  EXPECT_EQ(file.position(5), (Position{2, 3}));
  EXPECT_EQ(file.position(99), (Position{3, 1}));
}

TEST(SourceFile, ALineEndsBeforeItsLineEnd) {
  const SourceFile file("f", "a\r\n\nlast\r");
  ASSERT_EQ(file.line_count(), 3U);
  EXPECT_EQ(file.slice(file.line_span(0)), "a");
  EXPECT_EQ(file.slice(file.line_span(1)), "");
  EXPECT_EQ(file.slice(file.line_span(2)), "last");
  EXPECT_EQ(file.line_index(2), 0U);  // the line end belongs to its line
  EXPECT_EQ(file.line_index(3), 1U);
}

TEST(SourceFile, ClampsWhatLiesOutside) {
  const SourceFile file("f", "abc");
  EXPECT_EQ(file.slice({1, 99}), "bc");
  EXPECT_EQ(file.slice({50, 99}), "");
  EXPECT_EQ(file.slice(file.line_span(7)), "");
  EXPECT_EQ(SourceFile("empty", "").line_count(), 1U);
}

TEST(SourceFile, CountsTheSameFarIntoALongLine) {
  std::string text = "x\n";
  while (text.size() < 20'000) text += "ab\xC3\xA9";
  text += "\nend";
  const SourceFile file("f", text);
  std::uint32_t column = 1;
  for (std::uint32_t i = 2; i < 20'000; ++i) {
    ASSERT_EQ(file.position(i), (Position{2, column})) << i;
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) ++column;
  }
  const auto size = static_cast<std::uint32_t>(text.size());
  EXPECT_EQ(file.position(size), (Position{3, 4}));
}

}  // namespace
}  // namespace plimsoll
