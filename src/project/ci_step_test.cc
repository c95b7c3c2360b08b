#include "project/ci_step.h"

#include <gtest/gtest.h>

namespace plimsoll::ci {
namespace {

struct ExpressionCase {
  System system;
  std::string_view in;
  std::vector<std::string_view> want;
};
class ExpressionsTest : public testing::TestWithParam<ExpressionCase> {};
TEST_P(ExpressionsTest, AreFound) {
  const ExpressionCase& param = GetParam();
  std::vector<std::string_view> found;
  for (const Span span : expressions(param.in, param.system)) {
    found.push_back(param.in.substr(span.begin, span.size()));
  }
  EXPECT_EQ(found, param.want) << param.in;
}
INSTANTIATE_TEST_SUITE_P(
    Table, ExpressionsTest,
    testing::Values(
        ExpressionCase{System::kGitHub, "a ${{ b }} c ${{d}}", {"${{ b }}", "${{d}}"}},
        ExpressionCase{System::kGitHub, "${{ f('}}') }}", {"${{ f('}}') }}"}},
        ExpressionCase{System::kGitHub, "${{ f('it''s }}') }}x", {"${{ f('it''s }}') }}"}},
        ExpressionCase{System::kGitHub, "${{ a ' }} b\n'", {"${{ a ' }}"}},
        ExpressionCase{System::kGitHub, "${{ a", {}},
        ExpressionCase{System::kGitHub, "${ {a}}", {}},
        ExpressionCase{System::kGitHub, "${{}}", {"${{}}"}},
        ExpressionCase{System::kGitLab, "a $[[ inputs.x | f ]] ${{ b }}", {"$[[ inputs.x | f ]]"}},
        ExpressionCase{System::kGitLab, "[[ a ]]", {}}));

std::vector<std::string_view> words(const shell::Script& script) {
  std::vector<std::string_view> values;
  for (const shell::Command& command : script.commands) {
    for (const shell::Word& word : command.words) values.push_back(word.value);
  }
  return values;
}

TEST(ParseScriptTest, WordsKeepTheirExpressions) {
  const std::string run = R"(docker login -p ${{ secrets.A }} "it's ${{ b }}\"" '${{ c }}')";
  const shell::Script script = parse_script(run, System::kGitHub, shell::Dialect::kBash);
  ASSERT_TRUE(script.understood);
  EXPECT_EQ(words(script),
            (std::vector<std::string_view>{"docker", "login", "-p", "${{ secrets.A }}",
                                           "it's ${{ b }}\"", "${{ c }}"}));
  EXPECT_TRUE(script.commands[0].words[3].expands);
  EXPECT_EQ(script.commands[0].words[3].raw.data(), run.data() + 16);
}

TEST(ParseScriptTest, ExpressionsWithShellSyntaxDoNotConfuse) {
  const std::string run =
      "if ${{ a && 'x;y' || \"(\" }}; then\n  echo ${{ toJSON(b) }} > out\nfi\n";
  const shell::Script script = parse_script(run, System::kGitHub, shell::Dialect::kBash);
  ASSERT_TRUE(script.understood);
  EXPECT_EQ(words(script), (std::vector<std::string_view>{"${{ a && 'x;y' || \"(\" }}", "echo",
                                                          "${{ toJSON(b) }}"}));
}

TEST(ParseScriptTest, ManyExpressionsKeepTheirOrder) {
  std::string run = "echo \"\\$";
  for (int i = 0; i < 300; ++i) run += "${{" + std::to_string(i) + "}}";
  run += '"';
  const shell::Script script = parse_script(run, System::kGitHub, shell::Dialect::kBash);
  ASSERT_EQ(script.commands.size(), 1U);
  EXPECT_EQ(script.commands[0].words[1].value, "$" + run.substr(8, run.size() - 9));
}

struct PlaceCase {
  std::string_view name;
  std::string_view yaml;  ///< [{run: …}] in block form; the step's script echoes MARK
  std::string_view want;  ///< what source() of the word MARK gives in the file
};
class SourceTest : public testing::TestWithParam<PlaceCase> {};
TEST_P(SourceTest, LeadsBackToTheFile) {
  const SourceFile file("x.yml",
                        "jobs:\n  a:\n    steps:\n      - " + std::string(GetParam().yaml));
  const auto tree = parse_yaml(file);
  const Workflow workflow = read(*tree, System::kGitHub);
  ASSERT_EQ(workflow.jobs.size(), 1U);
  ASSERT_EQ(workflow.jobs[0].steps.size(), 1U);
  const Step& step = workflow.jobs[0].steps[0];
  for (const shell::Command& command : step.script.commands) {
    for (const shell::Word& word : command.words) {
      if (word.value == "MARK") {
        EXPECT_EQ(file.slice(step.source(word.span).span), GetParam().want);
        return;
      }
    }
  }
  FAIL() << "no MARK in " << step.run;
}
INSTANTIATE_TEST_SUITE_P(
    Table, SourceTest,
    testing::Values(
        PlaceCase{"Literal", "run: |\n          a\n\n            b\n          c MARK\n", "MARK"},
        PlaceCase{"LiteralStrip", "run: |-\n          a MARK\n", "MARK"},
        PlaceCase{"LiteralWithComment", "run: | # why\n          a MARK\n", "MARK"},
        PlaceCase{"LiteralWithIndent", "run: |2\n            a\n          c MARK\n", "MARK"},
        PlaceCase{"LiteralCrLf", "run: |\r\n          a\r\n\r\n          c MARK\r\n", "MARK"},
        PlaceCase{"Plain", "run: a MARK\n", "MARK"},
        PlaceCase{"PlainTwoLines", "run: a\n          MARK b\n", "MARK"},
        PlaceCase{"SingleQuoted", "run: 'a MARK'\n", "MARK"},
        PlaceCase{"DoubleQuoted", "run: \"a MARK b\"\n", "MARK"},
        PlaceCase{"Folded", "run: >-\n          a\n          b MARK\n", "MARK"},
        PlaceCase{"Escaped", "run: \"a \\t MARK\"\n", "\"a \\t MARK\""},
        PlaceCase{"DoubledQuote", "run: 'echo ''x'' MARK'\n", "'echo ''x'' MARK'"}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace plimsoll::ci
