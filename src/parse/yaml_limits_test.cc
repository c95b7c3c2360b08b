#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <tuple>

#include "core/limits.h"
#include "parse/node.h"

namespace plimsoll {
namespace {

std::string repeat(std::string_view text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

ErrorCode code_of(const std::string& text) {
  const SourceFile source("x.yaml", text);
  const auto tree = parse_yaml(source);
  EXPECT_EQ(tree->problems.size(), 1U);
  return tree->problems.empty() ? ErrorCode::kUsage : tree->problems[0].code;
}

bool is_fine(const std::string& text) {
  const SourceFile source("x.yaml", text);
  return parse_yaml(source)->problems.empty();
}

TEST(YamlLimits, Depth) {
  const std::size_t deepest = limits::kYamlDepth;
  EXPECT_TRUE(is_fine(repeat("[", deepest) + repeat("]", deepest)));
  EXPECT_EQ(code_of(repeat("[", deepest + 1) + repeat("]", deepest + 1)), ErrorCode::kLimit);
  EXPECT_TRUE(is_fine(repeat("- ", deepest) + "x"));
  EXPECT_EQ(code_of(repeat("- ", deepest + 1) + "x"), ErrorCode::kLimit);
}

TEST(YamlLimits, DepthThroughAliases) {
  const std::string half = repeat("[", 200) + repeat("]", 200);
  EXPECT_EQ(code_of("a: &a " + half + "\nb: " + repeat("[", 100) + "*a" + repeat("]", 100)),
            ErrorCode::kLimit);
}

TEST(YamlLimits, ExpansionOfAliases) {
  std::string laugh = "a0: &a0 x\n";
  for (int i = 1; i <= 60; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    laugh += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before + ", " + before +
             "]\n";
  }
  EXPECT_EQ(code_of(laugh), ErrorCode::kLimit);  // 2^60 nodes; also: no overflow, no time
}

TEST(YamlLimits, MergedEntries) {
  std::string text = "base: &b {";
  for (int i = 0; i < 1200; ++i) text += "k" + std::to_string(i) + ": 1, ";
  text += "}\nall:\n" + repeat("- {<<: *b}\n", 1200);
  EXPECT_EQ(code_of(text), ErrorCode::kLimit);
}

TEST(YamlLimits, Documents) {
  EXPECT_TRUE(is_fine(repeat("--- a\n", 1000)));
  EXPECT_EQ(code_of(repeat("--- a\n", limits::kYamlDocuments + 1)), ErrorCode::kLimit);
}

TEST(YamlLimits, TagDirectives) {
  EXPECT_EQ(code_of(repeat("%TAG !a! b\n", 1000) + "--- x\n"), ErrorCode::kLimit);
}

TEST(YamlLimits, OnlyTheDocumentThatTripsIsLeftOut) {
  const SourceFile source("x.yaml", "a\n---\n" + repeat("[", 5000) + "\n---\nb\n");
  const auto tree = parse_yaml(source);
  ASSERT_EQ(tree->documents.size(), 2U);
  EXPECT_EQ(tree->documents[1].root->text, "b");
}

/// Each of these is quadratic in some parser; ours has to take a mebibyte of it in a moment.
class YamlHostileTest : public testing::TestWithParam<std::tuple<std::string, std::string>> {};
TEST_P(YamlHostileTest, TakesLinearTime) {
  constexpr std::size_t kBytes = 1U << 20U;
  const auto& [head, body] = GetParam();
  const SourceFile source("x.yaml", head + repeat(body, kBytes / body.size()));
  const auto start = std::chrono::steady_clock::now();
  const auto tree = parse_yaml(source);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_FALSE(tree->documents.empty() && tree->problems.empty() && tree->comments.empty());
}
INSTANTIATE_TEST_SUITE_P(
    Shapes, YamlHostileTest,
    testing::Values(std::tuple{"a: |\n", " \n"}, std::tuple{"a: >\n x\n", "\n"},
                    std::tuple{"a", "\n"}, std::tuple{"a: \"", "x\n "}, std::tuple{"", "["},
                    std::tuple{"", "{a: "}, std::tuple{"", "- "}, std::tuple{"", "? "},
                    std::tuple{"", "k"}, std::tuple{"", "- &a !b c\n"}, std::tuple{"", "---\n[\n"},
                    std::tuple{"", "#\n"}, std::tuple{"", "a: b\n"}, std::tuple{"[", "a,"},
                    std::tuple{"- &a x\n", "- *a\n"}, std::tuple{"", "---\n@\n"},
                    std::tuple{"? ? ? ? ?", "\n"}, std::tuple{"", "- \"\\\n\"\n"},
                    std::tuple{"", "%TAG !a! b\n"}, std::tuple{"'", "''"},
                    std::tuple{"", "? a: \t"}, std::tuple{"", "\t"}, std::tuple{"a: ", "x "}));

}  // namespace
}  // namespace plimsoll
