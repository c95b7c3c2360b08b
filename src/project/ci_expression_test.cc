#include "project/ci_expression.h"

#include <gtest/gtest.h>

namespace plimsoll::ci {
namespace {

TEST(SecretReadTest, FindsTheName) {
  EXPECT_EQ(secret_read("a ${{ secrets.NPM_TOKEN }} b"), "NPM_TOKEN");
  EXPECT_EQ(secret_read("${{ env.A }}${{ secrets.B || 'x' }}"), "B");
  EXPECT_EQ(secret_read("secrets.A"), "");
  EXPECT_TRUE(reads_secret("${{ github.token }}"));
  EXPECT_FALSE(reads_secret("${{ github.actor }}"));
}

struct Case {
  std::string_view triggers;
  std::string_view text;
  std::string_view want;  ///< "path" or "path!" when it runs with secrets; "" for none
};
class UntrustedTest : public testing::TestWithParam<Case> {};
TEST_P(UntrustedTest, ContextsThatGetOut) {
  const SourceFile file("x.yml", "on: " + std::string(GetParam().triggers) + "\njobs: {}\n");
  const auto tree = parse_yaml(file);
  const Workflow workflow = read(*tree, System::kGitHub);
  std::string got;
  for (const UntrustedContext& context : untrusted_contexts(GetParam().text, workflow)) {
    EXPECT_EQ(GetParam().text.substr(context.span.begin, context.span.size()), context.path);
    got += std::string(context.path) + (context.with_secrets ? "!" : "");
  }
  EXPECT_EQ(got, GetParam().want) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    Table, UntrustedTest,
    testing::Values(
        Case{"issues", "echo ${{ github.event.issue.title }}", "github.event.issue.title!"},
        Case{"issues", "echo github.event.issue.title", ""},
        Case{"issues", "${{ github.event.issue['title'] }}", "github.event.issue['title']!"},
        Case{"issues", "${{ GitHub.Event.Issue.Title }}", "GitHub.Event.Issue.Title!"},
        Case{"issues", "${{ github.event.issue.number }}", ""},
        Case{"issues", "${{ 'github.event.issue.title' }}", ""},
        Case{"push", "${{ github.event.issue.title }}", ""},
        Case{"push", "${{ github.event.commits[0].message }}", "github.event.commits[0].message"},
        Case{"push", "${{ toJSON(github.event.commits.*.message) }}",
             "github.event.commits.*.message"},
        Case{"pull_request", "${{ github.head_ref || github.ref }}", "github.head_ref"},
        Case{"pull_request_target", "${{ format('{0}', github.head_ref) }}", "github.head_ref!"},
        Case{"workflow_call", "${{ github.head_ref }}", "github.head_ref"},
        Case{"workflow_run", "${{ github.event.workflow_run.head_branch }}",
             "github.event.workflow_run.head_branch!"},
        Case{"pull_request", "${{ github.head_ref == 'x' }}", ""},
        Case{"pull_request", "${{ 'x' != github.head_ref }}", ""},
        Case{"pull_request", "${{ !github.head_ref }}", ""},
        Case{"pull_request", "${{ github.head_ref && 'a' || 'b' }}", ""},
        Case{"pull_request", "${{ contains(format('x{0}', github.head_ref), 'y') }}", ""},
        Case{"pull_request", "${{ contains(a, 'y') && github.head_ref }}", "github.head_ref"},
        Case{"pull_request", "${{ github.head_ref }} ${{ github.event.pull_request.body }}",
             "github.head_refgithub.event.pull_request.body"},
        Case{"pull_request", "${{ github.head_ref", ""}, Case{"pull_request", "${{ a['b }}", ""},
        Case{"pull_request", "${{ ((( )))) '", ""}));

struct InputCase {
  std::string_view document;
  std::string_view text;
  std::string_view want;
};
constexpr std::string_view kAction =
    "inputs: {Tag: {default: x}, b: {}}\nruns: {using: composite, steps: []}\n";
constexpr std::string_view kCalled =
    "on:\n  workflow_call:\n    inputs: {tag: {type: string}, ok: {type: boolean}}\n"
    "  workflow_dispatch:\n    inputs: {by-hand: {type: string}}\njobs: {}\n";
class InputTest : public testing::TestWithParam<InputCase> {};
TEST_P(InputTest, OfCallersThatGetOut) {
  const SourceFile file("x.yml", std::string(GetParam().document));
  const auto tree = parse_yaml(file);
  const Workflow workflow = read(*tree, System::kGitHub);
  std::string got;
  for (const UntrustedContext& context : untrusted_contexts(GetParam().text, workflow)) {
    EXPECT_EQ(GetParam().text.substr(context.span.begin, context.span.size()), context.path);
    got += std::string(context.path) + (context.from_caller ? "" : "!");
  }
  EXPECT_EQ(got, GetParam().want) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    Table, InputTest,
    testing::Values(InputCase{kAction, "${{ inputs.tag }}", "inputs.tag"},
                    InputCase{kAction, "${{ inputs['TAG'] }}", "inputs['TAG']"},
                    InputCase{kAction, "${{ inputs.undeclared }}", ""},
                    InputCase{kAction, "${{ inputs.tag == 'x' && 'y' || 'z' }}", ""},
                    InputCase{kAction, "${{ inputs.tag || github.head_ref }}", "github.head_ref!"},
                    InputCase{kCalled, "${{ inputs.tag }}", "inputs.tag"},
                    InputCase{kCalled, "${{ inputs.ok }}", ""},
                    InputCase{kCalled, "${{ inputs.by-hand }}", ""},
                    InputCase{kCalled, "${{ github.event.inputs.by-hand }}", ""},
                    InputCase{"on: push\njobs: {}\n", "${{ inputs.tag }}", ""}));

}  // namespace
}  // namespace plimsoll::ci
