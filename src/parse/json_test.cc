#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/limits.h"
#include "parse/node.h"
#include "parse/tree_invariants.h"

namespace plimsoll {
namespace {

std::string read(std::string_view text, bool relaxed) {
  const SourceFile source("x.json", std::string(text));
  const auto tree = parse_json(source, {.relaxed = relaxed});
  check_tree(*tree);
  if (!tree->documents.empty()) return dump(*tree->documents[0].root);
  const TreeProblem& problem = tree->problems.at(0);
  const Position at = source.position(problem.span.begin);
  return "!" + std::to_string(at.line) + ":" + std::to_string(at.column) + " " + problem.message;
}

struct Case {
  std::string_view text;
  std::string_view strict;
  std::string_view relaxed = "(same)";
};
class JsonTest : public testing::TestWithParam<Case> {};
TEST_P(JsonTest, StrictAndRelaxed) {
  const Case& c = GetParam();
  EXPECT_EQ(read(c.text, false), c.strict);
  EXPECT_EQ(read(c.text, true), c.relaxed == "(same)" ? c.strict : c.relaxed);
}

INSTANTIATE_TEST_SUITE_P(
    Values, JsonTest,
    testing::Values(Case{R"({"a": 1, "b": [true, false, null]})",
                         R"({"a": 1, "b": [true, false, null]})"},
                    Case{"[]", "[]"}, Case{" {} ", "{}"}, Case{"\"x\"", "\"x\""},
                    Case{"-0.5e+10", "-0.5e+10"},
                    Case{"123456789012345678901234567890", "123456789012345678901234567890"},
                    Case{R"("\u00e9\ud83d\udc33\n\"")", "\"\xC3\xA9\xF0\x9F\x90\xB3\\n\\\"\""},
                    Case{R"("\ud83d")", "\"\xEF\xBF\xBD\""}, Case{"\xEF\xBB\xBF[1]", "[1]"}));

INSTANTIATE_TEST_SUITE_P(
    Json5, JsonTest,
    testing::Values(Case{"[1,]", "!1:4 expected a value, not ']'", "[1]"},
                    Case{"{\"a\": 1,}", "!1:9 a ',' must be followed by a member", "{\"a\": 1}"},
                    Case{"// c\n1", "!1:1 JSON has no comments", "1"},
                    Case{"[1 /* x */]", "!1:4 JSON has no comments", "[1]"},
                    Case{"{a: 1}", "!1:2 expected a key in quotes", "{a: 1}"},
                    Case{"{$_é: 1}", "!1:2 expected a key in quotes", "{$_é: 1}"},
                    Case{"['x']", "!1:2 unexpected '''", "[\"x\"]"},
                    Case{"[NaN]", "!1:2 'NaN' is no JSON value", "[NaN]"},
                    Case{"[-Infinity, 0xFF, .5, 5., +1]", "!1:2 '-Infinity' is no JSON value",
                         "[-Infinity, 0xFF, .5, 5., +1]"},
                    Case{R"("\x41\v\q")", "!1:2 an escape that JSON does not know", R"("A\x0bq")"},
                    Case{"\"a\\\nb\"", "!1:3 an escape that JSON does not know", "\"ab\""},
                    Case{"\"a\tb\"", "!1:3 a control character in a string must be escaped",
                         "\"a\\x09b\""},
                    Case{"[\xC2\xA0"
                         "1]",
                         "!1:2 unexpected byte", "[1]"}));

INSTANTIATE_TEST_SUITE_P(
    Broken, JsonTest,
    testing::Values(Case{"", "!1:1 the file ends before its value does"},
                    Case{"[1", "!1:3 the file ends before its value does"},
                    Case{"[1 2]", "!1:4 expected ',' or ']'"},
                    Case{"{\"a\" 1}", "!1:6 expected ':' after a key"},
                    Case{"{\"a\": 1]", "!1:8 expected ',' or '}'"},
                    Case{"{} x", "!1:4 unexpected text after the value"},
                    Case{"[tru]", "!1:2 'tru' is no JSON value"},
                    Case{"[01]", "!1:2 '01' is no JSON value"},
                    Case{"[1e]", "!1:2 '1e' is no JSON value"},
                    Case{"[,]", "!1:2 expected a value, not ','"},
                    Case{"{1: 2}", "!1:2 expected a key in quotes"},
                    Case{"\"abc", "!1:1 a string that never ends"},
                    Case{"\"a\nb\"", "!1:3 a string that does not end on its line"},
                    Case{R"("\u12")", "!1:2 an escape that JSON does not know"},
                    Case{"[\"\xFF\"]", "!1:3 not UTF-8"},
                    Case{std::string_view("[\0]", 3), "!1:2 unexpected byte"}));

TEST(Json, SpansAreExact) {
  const SourceFile source("x.json", R"( {"a" : [1, "b\n"], "c":{}} )");
  const auto tree = parse_json(source);
  const Node& root = *tree->documents.at(0).root;
  EXPECT_EQ(source.slice(root.span), R"({"a" : [1, "b\n"], "c":{}})");
  EXPECT_EQ(source.slice(root.find("a")->span), R"([1, "b\n"])");
  EXPECT_EQ(source.slice(root.find("a")->items[1]->span), R"("b\n")");
  EXPECT_EQ(source.slice(root.find_entry("c")->key->span), R"("c")");
}

TEST(Json, DuplicatesAreRecorded) {
  const SourceFile source("x.json", R"({"a": 1, "\u0061": 2})");
  const auto tree = parse_json(source);
  ASSERT_EQ(tree->duplicates.size(), 1U);
  EXPECT_EQ(tree->documents.at(0).root->find("a")->text, "2");
}

TEST(Json, CommentsAreRecordedWhenRelaxed) {
  const SourceFile source("x.json5", "// a\n[1, /* b\n */ 2] // c");
  const auto tree = parse_json(source, {.relaxed = true});
  ASSERT_EQ(tree->comments.size(), 3U);
  EXPECT_EQ(source.slice(tree->comments[1].span), "/* b\n */");
  EXPECT_EQ(source.slice(tree->comments[2].span), "// c");
}

TEST(Json, DepthIsLimited) {
  const auto problem = [](std::size_t depth) {
    const SourceFile source("x.json", std::string(depth, '[') + std::string(depth, ']'));
    return parse_json(source)->problems;
  };
  EXPECT_TRUE(problem(limits::kJsonDepth).empty());
  ASSERT_EQ(problem(limits::kJsonDepth + 1).size(), 1U);
  EXPECT_EQ(problem(limits::kJsonDepth + 1)[0].code, ErrorCode::kLimit);
}

TEST(Json, NodesAreLimited) {
  std::string text = "[0";
  for (std::size_t i = 0; i < limits::kTreeNodes; ++i) text += ",0";
  const SourceFile source("x.json", text + "]");
  const auto tree = parse_json(source);
  ASSERT_EQ(tree->problems.size(), 1U);
  EXPECT_EQ(tree->problems[0].code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace plimsoll
