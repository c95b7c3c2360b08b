#include "core/splice.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace plimsoll {
namespace {

Edit insertion(std::uint32_t at, std::string text, std::vector<std::string> under = {}) {
  return {{at, at}, std::move(text), std::move(under)};
}

std::string made(std::string_view text, const std::vector<Edit>& edits) {
  Splicer splicer;
  for (const Edit& edit : edits) {
    if (!splicer.take({edit})) return "contradiction";
  }
  return splice(text, splicer.plain());
}

TEST(Splice, MakesEditsInOneGo) {
  EXPECT_EQ(made("abcdef", {{{1, 2}, "B"}, {{4, 6}, ""}, insertion(0, "<")}), "<aBcd");
}

TEST(Splice, RefusesWhatOverlaps) {
  EXPECT_EQ(made("abcdef", {{{1, 4}, "x"}, {{3, 5}, "y"}}), "contradiction");
  EXPECT_EQ(made("abcdef", {{{1, 4}, "x"}, insertion(2, "y")}), "contradiction");
  EXPECT_EQ(made("abcdef", {insertion(2, "y"), {{1, 4}, "x"}}), "contradiction");
  EXPECT_EQ(made("abcdef", {{{1, 4}, "x"}, {{1, 4}, "y"}}), "contradiction");
}

TEST(Splice, EdgesAreClear) {
  EXPECT_EQ(made("abcdef", {{{1, 4}, "x"}, insertion(1, "<"), insertion(4, ">"), {{4, 5}, ""}}),
            "a<x>f");
}

TEST(Splice, TakesTheSameEditOnce) {
  EXPECT_EQ(made("ab", {insertion(1, "-"), insertion(1, "-")}), "a-b");
}

TEST(Splice, WritesSharedParentsOnce) {
  EXPECT_EQ(made("a:", {insertion(2, "\n  x: 1", {"\n b:"}), insertion(2, "\n c: 1"),
                        insertion(2, "\n  y: 1", {"\n b:"})}),
            "a:\n b:\n  x: 1\n  y: 1\n c: 1");
}

TEST(Splice, NeverWritesAKeyTwice) {
  EXPECT_EQ(made("a:", {insertion(2, "\n b: 1"), insertion(2, "\n b: 2")}), "contradiction");
  EXPECT_EQ(made("a:", {insertion(2, "\n b: 1"), insertion(2, "\n  c: 1", {"\n b:"})}),
            "contradiction");
  EXPECT_EQ(made("a:", {insertion(2, "\n - b: 1"), insertion(2, "\n - b: 2")}),
            "a:\n - b: 1\n - b: 2");
}

TEST(Splice, DeeperLinesEndWhatEndsThere) {
  EXPECT_EQ(made("a:\n  b: 1", {insertion(9, "\nz: 1"), insertion(9, "\n  c: 1")}),
            "a:\n  b: 1\n  c: 1\nz: 1");
  EXPECT_EQ(made("a:\n- b", {insertion(6, "\nz: 1"), insertion(6, "\n- c")}), "a:\n- b\n- c\nz: 1");
}

TEST(Splice, WhatContinuesTheLineComesBeforeNewOnes) {
  EXPECT_EQ(made("image: a\n", {insertion(8, "\nb: 1"), insertion(8, ":1.2")}),
            "image: a:1.2\nb: 1\n");
}

TEST(Splice, AFixIsTakenWhollyOrNotAtAll) {
  Splicer splicer;
  EXPECT_TRUE(splicer.take({{{2, 3}, "x"}}));
  EXPECT_FALSE(splicer.take({{{0, 1}, "y"}, {{2, 4}, "z"}}));
  EXPECT_EQ(splice("abcdef", splicer.plain()), "abxdef");
}

TEST(Splice, BytesOutsideOfTheEditsStay) {
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += static_cast<char>('a' + random() % 26);
    Splicer splicer;
    std::vector<bool> gone(text.size());
    for (int i = 0; i < 8; ++i) {
      const auto begin = static_cast<std::uint32_t>(random() % 40);
      const auto end = static_cast<std::uint32_t>(begin + random() % (41 - begin));
      if (!splicer.take({{{begin, end}, std::string(random() % 3, '#')}})) continue;
      for (std::uint32_t k = begin; k < end; ++k) gone[k] = true;
    }
    std::string kept;
    for (std::size_t k = 0; k < text.size(); ++k) {
      if (!gone[k]) kept += text[k];
    }
    std::string result = splice(text, splicer.plain());
    std::erase(result, '#');
    ASSERT_EQ(result, kept);
  }
}

}  // namespace
}  // namespace plimsoll
