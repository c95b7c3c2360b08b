#include "parse/logical_text.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

/// "ab\<newline>cd\<newline>ef" at offset 10 of a file.
LogicalText joined() {
  return {.text = "abcdef", .source_begin = 10, .segments = {{0, 10}, {2, 14}, {4, 18}}};
}

TEST(LogicalText, WithoutSegmentsIsAnOffset) {
  const LogicalText plain{.text = "abc", .source_begin = 7};
  EXPECT_EQ(plain.source(0), 7U);
  EXPECT_EQ(plain.source(3), 10U);
  EXPECT_EQ(plain.source(Span{1, 2}), (Span{8, 9}));
}

TEST(LogicalText, FindsTheWayBackOverContinuations) {
  EXPECT_EQ(joined().source(1), 11U);
  EXPECT_EQ(joined().source(2), 14U);
  EXPECT_EQ(joined().source(6), 20U);  // one past the end
}

TEST(LogicalText, ARangeEndsWhereItsLastByteEnds) {
  EXPECT_EQ(joined().source(Span{0, 2}), (Span{10, 12}));  // not at the next line
  EXPECT_EQ(joined().source(Span{1, 3}), (Span{11, 15}));
  EXPECT_EQ(joined().source(Span{2, 2}), (Span{14, 14}));
}

TEST(LogicalText, APartLeadsBackAsTheWholeDoes) {
  for (std::uint32_t begin = 0; begin <= 6; ++begin) {
    for (std::uint32_t end = begin; end <= 6; ++end) {
      const LogicalText part = joined().part(begin, end);
      EXPECT_EQ(part.text, joined().text.substr(begin, end - begin));
      for (std::uint32_t i = 0; i < end - begin; ++i) {
        EXPECT_EQ(part.source(i), joined().source(begin + i)) << begin << ' ' << end << ' ' << i;
      }
    }
  }
}

TEST(LogicalText, APartOfOneLineHasNoSegments) {
  EXPECT_TRUE(joined().part(2, 4).segments.empty());
  EXPECT_FALSE(joined().part(1, 3).segments.empty());
}

}  // namespace
}  // namespace plimsoll
