#include "lsp/text_index.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::lsp {
namespace {

struct Case {
  Encoding encoding;
  std::uint32_t offset;
  Position position;
};

// a, é (2 bytes), 漢 (3 bytes), 😀 (4 bytes, two UTF-16 units), b
constexpr std::string_view kText =
    "a\xC3\xA9\xE6\xBC\xA2\xF0\x9F\x98\x80"
    "b\nc";

TEST(TextIndex, CountsColumnsInTheUnitsTheClientChose) {
  const Case cases[] = {
      {Encoding::kUtf8, 10, {0, 10}}, {Encoding::kUtf16, 10, {0, 5}},
      {Encoding::kUtf32, 10, {0, 4}}, {Encoding::kUtf8, 6, {0, 6}},
      {Encoding::kUtf16, 6, {0, 3}},  {Encoding::kUtf32, 6, {0, 3}},
      {Encoding::kUtf8, 12, {1, 0}},  {Encoding::kUtf16, 13, {1, 1}},
      {Encoding::kUtf16, 11, {0, 6}},
  };
  for (const Case& one : cases) {
    const TextIndex index(kText, one.encoding);
    EXPECT_EQ(index.position(one.offset), one.position)
        << to_string(one.encoding) << " offset " << one.offset;
    EXPECT_EQ(index.offset(one.position), one.offset) << to_string(one.encoding);
  }
}

TEST(TextIndex, TheMiddleOfACharacterIsItsStart) {
  const TextIndex utf16(kText, Encoding::kUtf16);
  EXPECT_EQ(utf16.offset({0, 4}), 6U) << "between the surrogates of the emoji";
  EXPECT_EQ(utf16.position(8), (Position{0, 3}));
  EXPECT_EQ(TextIndex(kText, Encoding::kUtf8).offset({0, 8}), 6U);
}

TEST(TextIndex, PositionsOutsideTheTextAreClamped) {
  const TextIndex index(kText, Encoding::kUtf16);
  EXPECT_EQ(index.offset({0, 2'000'000'000}), 11U) << "the line's end, not the next line";
  EXPECT_EQ(index.offset({9, 0}), kText.size());
  EXPECT_EQ(index.position(999), (Position{1, 1}));
  EXPECT_EQ(TextIndex("", Encoding::kUtf16).position(0), (Position{0, 0}));
}

TEST(TextIndex, EveryLineEndOfTheProtocolCounts) {
  const TextIndex index("a\r\nb\rc\nd", Encoding::kUtf16);
  EXPECT_EQ(index.position(3), (Position{1, 0}));
  EXPECT_EQ(index.position(5), (Position{2, 0}));
  EXPECT_EQ(index.position(7), (Position{3, 0}));
  EXPECT_EQ(index.offset({0, 9}), 1U) << "before the carriage return";
}

TEST(TextIndex, LongLinesCountAlike) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "\xF0\x9F\x98\x80x";
  const TextIndex index(text, Encoding::kUtf16);
  for (std::uint32_t i = 0; i <= 5000; i += 7) {
    EXPECT_EQ(index.position(i * 5), (Position{0, i * 3}));
    EXPECT_EQ(index.offset({0, i * 3}), i * 5);
  }
}

TEST(TextIndex, EveryOffsetSurvivesTheWayThereAndBack) {
  for (const Encoding encoding : {Encoding::kUtf8, Encoding::kUtf16, Encoding::kUtf32}) {
    const TextIndex index(kText, encoding);
    for (const std::uint32_t offset : {0U, 1U, 3U, 6U, 10U, 11U, 12U, 13U}) {
      EXPECT_EQ(index.offset(index.position(offset)), offset) << to_string(encoding);
    }
  }
}

}  // namespace
}  // namespace plimsoll::lsp
