#include "report/line_diff.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace plimsoll::report {
namespace {

std::string text_of(const std::vector<DiffLine>& lines) {
  std::string out;
  for (const DiffLine& line : lines) {
    out += line.kind == DiffLine::Kind::kSame      ? ' '
           : line.kind == DiffLine::Kind::kRemoved ? '-'
                                                   : '+';
    out += line.text;
    out += line.ends ? "\n" : "$";
  }
  return out;
}

/// One side of a diff put together again.
std::string side(const std::vector<DiffLine>& lines, DiffLine::Kind other) {
  std::string out;
  for (const DiffLine& line : lines) {
    if (line.kind == other) continue;
    out += line.text;
    if (line.ends) out += '\n';
  }
  return out;
}

TEST(LineDiff, TellsWhatChanged) {
  EXPECT_EQ(text_of(line_diff("a\nb\nc\n", "a\nx\nc\n")), " a\n-b\n+x\n c\n");
  EXPECT_EQ(text_of(line_diff("a\nc\n", "a\nb\nc\n")), " a\n+b\n c\n");
  EXPECT_EQ(text_of(line_diff("", "a\n")), "+a\n");
  EXPECT_EQ(text_of(line_diff("a\n", "a\n")), " a\n");
  EXPECT_EQ(text_of(line_diff("a", "a\nb")), "-a$+a\n+b$");
}

TEST(LineDiff, NumbersLinesOfBothTexts) {
  const auto lines = line_diff("a\nb\n", "x\na\nb\n");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].after, 1U);
  EXPECT_EQ(lines[1].before, 1U);
  EXPECT_EQ(lines[1].after, 2U);
}

TEST(LineDiff, BothTextsCanBePutTogetherAgain) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    const auto make = [&random] {
      std::string text;
      for (auto i = random() % 12; i > 0; --i)
        text += std::string(1, static_cast<char>('a' + random() % 3)) + '\n';
      return text;
    };
    const std::string before = make();
    const std::string after = make();
    const auto lines = line_diff(before, after);
    ASSERT_EQ(side(lines, DiffLine::Kind::kAdded), before) << before << "→\n" << after;
    ASSERT_EQ(side(lines, DiffLine::Kind::kRemoved), after) << before << "→\n" << after;
  }
}

TEST(Hunks, JoinWhenTheirContextMeets) {
  const auto lines = line_diff("a\nb\nc\nd\ne\nf\n", "A\nb\nc\nd\ne\nF\n");
  EXPECT_EQ(hunks(lines, 1).size(), 2U);
  EXPECT_EQ(hunks(lines, 3).size(), 1U);
}

}  // namespace
}  // namespace plimsoll::report
