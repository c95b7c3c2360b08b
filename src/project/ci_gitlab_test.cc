#include <gtest/gtest.h>

#include "core/limits.h"
#include "project/project.h"

namespace plimsoll::ci {
namespace {

struct Case {
  std::string_view name;
  std::string_view in;
  std::string_view want;
};

class GitLabTest : public testing::TestWithParam<Case> {};
TEST_P(GitLabTest, Reads) {
  const SourceFile file(".gitlab-ci.yml", std::string(GetParam().in));
  const auto tree = parse_yaml(file);
  EXPECT_EQ(dump(read(*tree, System::kGitLab)), GetParam().want);
}

constexpr Case kCases[] = {
    {"OneStepPerLine", "build:\n  script:\n    - make\n    - make test\n",
     "job build\n  run 1: make\n  run 1: make test\n"},
    {"ScriptAsString", "build:\n  script: make\n", "job build\n  run 1: make\n"},
    {"NestedLists", "build:\n  script:\n    - [a, [b]]\n    - c\n",
     "job build\n  run 1: a\n  run 1: b\n  run 1: c\n"},
    {"BeforeAndAfter", "b:\n  after_script: [c]\n  script: [b]\n  before_script: [a]\n",
     "job b\n  run 1: a\n  run 1: b\n  run 1: c\n"},
    {"ReferencesAreNoScripts", "b:\n  script:\n    - !reference [.x, script]\n    - b\n",
     "job b\n  run 1: b\n"},
    {"ImageAndServices",
     "b:\n  image: {name: 'docker:27', entrypoint: ['']}\n  services:\n    - docker:27-dind\n"
     "    - name: postgres:16\n      alias: db\n  script: [a]\n",
     "job b image=docker:27 service=docker:27-dind service=postgres:16\n  run 1: a\n"},
    {"Defaults",
     "default:\n  image: ruby:3\n  before_script: [bundle]\nb:\n  script: [a]\nc:\n  image: "
     "node:20\n"
     "  script: [a]\n",
     "job default image=ruby:3\n  run 1: bundle\njob b image=ruby:3\n  run 1: a\n"
     "job c image=node:20\n  run 1: a\n"},
    {"OlderDefaultsAtTheTop", "image: ruby:3\nservices: [redis]\nb:\n  script: [a]\n",
     "job default image=ruby:3 service=redis\njob b image=ruby:3 service=redis\n  run 1: a\n"},
    {"ExtendsTemplates",
     ".t:\n  image: alpine\n  allow_failure: true\n  script: [scan]\nb:\n  extends: .t\n"
     "c:\n  extends: [.other, .t]\n  script: [mine]\n",
     "job .t allow-failure image=alpine\n! run 1: scan\njob b allow-failure image=alpine\n"
     "! run 1: scan\njob c allow-failure image=alpine\n! run 1: mine\n"},
    {"ExtendsItself", "a:\n  extends: b\nb:\n  extends: a\n  script: [x]\n",
     "job a\n  run 1: x\njob b\n  run 1: x\n"},
    {"AllowedExitCodesStillGate", "b:\n  script: [a]\n  allow_failure: {exit_codes: 3}\n",
     "job b\n  run 1: a\n"},
    {"GlobalKeywordsAreNoJobs",
     "stages: [a]\nvariables: {script: x}\ninclude: {script: y}\nworkflow: {script: z}\n", ""},
    {"VariablesOnlyTemplate", ".v: {variables: {A: b}}\n", ""},
    {"Trigger", "d:\n  trigger: {include: x.yml}\n", "job d\n"},
    {"InputsDocumentFirst",
     "spec:\n  inputs: {x: {}}\n---\nb:\n  script: [\"echo $[[ inputs.x ]]\"]\n",
     "job b\n  run 1: echo $[[ inputs.x ]]\n"},
    {"RunSteps", "b:\n  run:\n    - name: x\n      script: make\n    - step: a.b/c@1\n",
     "job b\n  run 1: make\n  uses a.b/c@1\n"},
    {"WindowsRunners", "b:\n  tags: [saas-windows-medium-amd64]\n  script: [Get-Item]\n",
     "job b\n  run ?: Get-Item\n"},
    {"AnyTypesAnywhere",
     "default: 1\na: {script: {x: 1}, image: [1], services: {a: b}, extends: {x: y}, run: 1}\n"
     "b: {script: [1, null, {a: b}], extends: [1, [2]], tags: x, services: [[], 1]}\n1: {script: "
     "a}\n"
     "c: [script]\n",
     "job a\njob b service=1\n  run 1: 1\njob 1\n  run 1: a\n"},
};
INSTANTIATE_TEST_SUITE_P(Table, GitLabTest, testing::ValuesIn(kCases),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(GitLabLimits, ExtendedScriptsAreCounted) {
  std::string text = ".t:\n  script:\n";
  for (int i = 0; i < 2'000; ++i) text += "    - a\n";
  for (int i = 0; i < 2'000; ++i) text += "j" + std::to_string(i) + ": {extends: .t}\n";
  const SourceFile file(".gitlab-ci.yml", std::move(text));
  const auto tree = parse_yaml(file);
  const Workflow workflow = read(*tree, System::kGitLab);
  EXPECT_TRUE(workflow.truncated);
  std::size_t steps = 0;
  for (const Job& job : workflow.jobs) steps += job.steps.size();
  EXPECT_LE(steps, limits::kCiSteps);
  EXPECT_GE(steps, limits::kCiSteps / 4);
}

}  // namespace
}  // namespace plimsoll::ci
