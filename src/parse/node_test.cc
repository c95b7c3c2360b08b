#include "parse/node.h"

#include <gtest/gtest.h>

#include <cmath>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll {
namespace {

Node scalar(std::string_view text, Node::Style style = Node::Style::kPlain,
            std::string_view tag = {}) {
  Node node;
  node.kind = Node::Kind::kScalar;
  node.style = style;
  node.text = text;
  node.tag = tag;
  return node;
}
Node quoted(std::string_view text) {
  return scalar(text, Node::Style::kDoubleQuoted);
}

struct BoolCase {
  std::string_view text;
  std::optional<bool> plain;
  std::optional<bool> quoted;
};
class AsBoolTest : public testing::TestWithParam<BoolCase> {};
TEST_P(AsBoolTest, TakesTheOldWordsOnlyWhenPlain) {
  EXPECT_EQ(scalar(GetParam().text).as_bool(), GetParam().plain);
  EXPECT_EQ(quoted(GetParam().text).as_bool(), GetParam().quoted);
}
INSTANTIATE_TEST_SUITE_P(Words, AsBoolTest,
                         testing::Values(BoolCase{"true", true, true},
                                         BoolCase{"FALSE", false, false}, BoolCase{"yes", true, {}},
                                         BoolCase{"Off", false, {}}, BoolCase{"n", false, {}},
                                         BoolCase{"Y", true, {}}, BoolCase{"tRUE", {}, {}},
                                         BoolCase{"1", {}, {}}, BoolCase{"", {}, {}}));

struct IntCase {
  std::string_view text;
  std::optional<std::int64_t> want;
};
class AsIntTest : public testing::TestWithParam<IntCase> {};
TEST_P(AsIntTest, ReadsWhatLoadersRead) {
  EXPECT_EQ(scalar(GetParam().text).as_int(), GetParam().want);
}
INSTANTIATE_TEST_SUITE_P(
    Plain, AsIntTest,
    testing::Values(IntCase{"0", 0}, IntCase{"-7", -7}, IntCase{"+12", 12}, IntCase{"0x1F", 31},
                    IntCase{"0o644", 420}, IntCase{"0644", 420}, IntCase{"0b101", 5},
                    IntCase{"1_000", 1000},
                    IntCase{"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
                    IntCase{"-9223372036854775808", std::numeric_limits<std::int64_t>::min()},
                    IntCase{"9223372036854775808", {}}, IntCase{"18446744073709551616", {}},
                    IntCase{"1.0", {}}, IntCase{"1e3", {}}, IntCase{"0x", {}}, IntCase{"089", {}},
                    IntCase{"--1", {}}, IntCase{"-", {}}, IntCase{"", {}}, IntCase{"12a", {}}));

TEST(AsInt, ReadsQuotedDecimalsButNoNotation) {
  EXPECT_EQ(quoted("1000").as_int(), 1000);
  EXPECT_EQ(quoted("0644").as_int(), std::nullopt);
  EXPECT_EQ(quoted("0x1F").as_int(), std::nullopt);
  EXPECT_EQ(scalar("1_0", Node::Style::kPlain, "!!str").as_int(), std::nullopt);
}

TEST(AsNumber, ReadsFractionsAndSpecials) {
  EXPECT_EQ(scalar("1.5").as_number(), 1.5);
  EXPECT_EQ(scalar(".5").as_number(), 0.5);
  EXPECT_EQ(scalar("-1e3").as_number(), -1000.0);
  EXPECT_EQ(scalar("0x10").as_number(), 16.0);
  EXPECT_EQ(quoted("0.25").as_number(), 0.25);
  EXPECT_EQ(scalar("-.inf").as_number(), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(*scalar(".nan").as_number()));
}

TEST(AsNumber, RefusesWords) {
  for (const std::string_view text : {"inf", "nan", "", "-", ".", "1.5x", "512m", "infinity"}) {
    EXPECT_EQ(scalar(text).as_number(), std::nullopt) << text;
  }
}

TEST(AsValue, NothingForCollectionsAndNull) {
  Node node;
  EXPECT_EQ(node.as_bool(), std::nullopt);
  EXPECT_EQ(node.as_int(), std::nullopt);
  EXPECT_EQ(node.as_number(), std::nullopt);
  EXPECT_EQ(node.str(), "");
}

class FindTest : public testing::Test {
 protected:
  void add(std::string_view key, std::string_view value, bool merged = false) {
    const Node* const k = &nodes_.emplace_back(scalar(key));
    const Node* const v = &nodes_.emplace_back(scalar(value));
    mapping_.entries.push_back({.key = k, .value = v, .merged = merged});
  }
  FindTest() { mapping_.kind = Node::Kind::kMapping; }
  Node mapping_;
  std::deque<Node> nodes_;
};

TEST_F(FindTest, LastOfTheSameKeyWins) {
  add("a", "1");
  add("a", "2");
  ASSERT_NE(mapping_.find("a"), nullptr);
  EXPECT_EQ(mapping_.find("a")->text, "2");
}

TEST_F(FindTest, OwnEntryBeatsMergedOne) {
  add("a", "own");
  add("a", "merged", true);
  add("b", "merged", true);
  EXPECT_EQ(mapping_.find("a")->text, "own");
  EXPECT_EQ(mapping_.find("b")->text, "merged");
  EXPECT_TRUE(mapping_.find_entry("b")->merged);
}

TEST_F(FindTest, AbsentIsNull) {
  add("a", "1");
  EXPECT_EQ(mapping_.find("b"), nullptr);
  EXPECT_EQ(mapping_.at({"a", "b"}), nullptr);
  EXPECT_EQ(mapping_.at({"x", "y"}), nullptr);
  EXPECT_EQ(scalar("a").find("a"), nullptr);
}

TEST(Dump, WritesOneLine) {
  const SourceFile source("x.yaml",
                          "a: 1\nb: [x, \"y\\n\", ~]\nc: {d: !t e}\n'f': |\n  g\n? [k]\n: v\n");
  const auto tree = parse_yaml(source);
  ASSERT_EQ(tree->documents.size(), 1U);
  EXPECT_EQ(dump(*tree->documents[0].root),
            "{a: 1, b: [x, \"y\\n\", null], c: {d: !t e}, \"f\": \"g\\n\", ?: v}");
}

TEST(Dump, StopsAtTheGivenSize) {
  const SourceFile source("x.yaml", "[aaaa, bbbb, cccc, dddd]");
  const auto tree = parse_yaml(source);
  ASSERT_EQ(tree->documents.size(), 1U);
  EXPECT_EQ(dump(*tree->documents[0].root, 8), "[aaaa, b…");
}

}  // namespace
}  // namespace plimsoll
