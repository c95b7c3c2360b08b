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

class GitHubTest : public testing::TestWithParam<Case> {};
TEST_P(GitHubTest, Reads) {
  const SourceFile file(".github/workflows/x.yml", std::string(GetParam().in));
  const auto tree = parse_yaml(file);
  EXPECT_EQ(dump(read(*tree, System::kGitHub)), GetParam().want);
}

constexpr Case kCases[] = {
    {"OnAsWord", "on: push\n", "on push\n"},
    {"OnAsList", "on: [push, pull_request]\n", "on push pull_request\n"},
    {"OnAsMap", "on:\n  push:\n    branches: [main]\n  workflow_dispatch:\n",
     "on push workflow_dispatch\n"},
    {"OnQuoted", "\"on\": push\n", "on push\n"},
    {"StepsOfBothKinds",
     "jobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n"
     "      - run: make\n      - run: |\n          make\n          make test\n",
     "job build\n  uses actions/checkout@v4\n  run 1: make\n  run 2: make⏎make test⏎\n"},
    {"ReusableWorkflow", "jobs:\n  call:\n    uses: a/b/.github/workflows/c.yml@v1\n",
     "job call\n  uses a/b/.github/workflows/c.yml@v1\n"},
    {"CompositeAction", "runs:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n",
     "job runs\n  run 1: make\n"},
    {"ContainerAndServices",
     "jobs:\n  t:\n    container: node:20\n    services:\n      db: {image: 'postgres:16'}\n"
     "      none: {ports: [1]}\n    steps: []\n  u:\n    container: {image: alpine}\n",
     "job t image=node:20 service=postgres:16\njob u image=alpine\n"},
    {"ContinueOnError",
     "jobs:\n  t:\n    continue-on-error: true\n    steps:\n      - run: a\n"
     "        continue-on-error: true\n      - run: b\n"
     "        continue-on-error: ${{ true }}\n      - run: c\n"
     "        continue-on-error: ${{ matrix.experimental }}\n      - run: d\n"
     "        continue-on-error: false\n",
     "job t allow-failure\n! run 1: a\n! run 1: b\n  run 1: c\n  run 1: d\n"},
    {"OtherShellsAreNotUnderstood",
     "jobs:\n  t:\n    steps:\n      - run: a\n        shell: pwsh\n      - run: a\n"
     "        shell: python\n      - run: a\n        shell: bash -eo pipefail {0}\n",
     "job t\n  run ?: a\n  run ?: a\n  run 1: a\n"},
    {"DefaultShells",
     "defaults: {run: {shell: pwsh}}\njobs:\n  t:\n    defaults: {run: {shell: bash}}\n    steps:\n"
     "      - run: a\n  u:\n    steps:\n      - run: a\n",
     "job t\n  run 1: a\njob u\n  run ?: a\n"},
    {"WindowsRunsPowerShell",
     "jobs:\n  t:\n    runs-on: windows-latest\n    steps:\n      - run: a\n      - run: b\n"
     "        shell: bash\n  u:\n    runs-on: [self-hosted, Windows]\n    steps:\n      - run: a\n",
     "job t\n  run ?: a\n  run 1: b\njob u\n  run ?: a\n"},
    {"StepsOnlyForWindows",
     "jobs:\n  t:\n    runs-on: ${{ matrix.os }}\n    steps:\n      - run: a\n"
     "        if: runner.os == 'Windows'\n      - run: b\n        if: runner.os != 'Windows'\n",
     "job t\n  run ?: a\n  run 1: b\n"},
    {"ExpressionsAreWords",
     "jobs:\n  t:\n    steps:\n"
     "      - run: docker build -t ${{ format('{0}}}', github.sha) }} . && echo \"${{ a }}\"\n",
     "job t\n  run 2: docker build -t ${{ format('{0}}}', github.sha) }} . && echo \"${{ a }}\"\n"},
    {"AnyTypesAnywhere",
     "on: {1: 2}\njobs:\n  a: 1\n  b: []\n  c: {steps: {run: x}}\n  d: {steps: [1, [2], {run: {}}, "
     "{uses: []}, {with: 1}]}\n  e: {container: [1], services: [x], uses: {}}\n",
     "on 1\njob c\njob d\n  \n  \n  \njob e\n  \n"},
    {"JobsAsList", "jobs: [a]\n", ""},
};
INSTANTIATE_TEST_SUITE_P(Table, GitHubTest, testing::ValuesIn(kCases),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(GitHubPlaces, PointAtKeysAndValues) {
  const SourceFile file("x.yml",
                        "jobs:\n  build:\n    container: node:20 # why\n    steps:\n"
                        "      - uses: a/b@v1 # pinned later\n      - name: test\n        run: |\n"
                        "          make\n");
  const auto tree = parse_yaml(file);
  const Workflow workflow = read(*tree, System::kGitHub);
  ASSERT_EQ(workflow.jobs.size(), 1U);
  const Job& job = workflow.jobs[0];
  EXPECT_EQ(file.slice(job.place.span), "build");
  EXPECT_EQ(file.slice(job.image_place.span), "node:20");
  ASSERT_EQ(job.steps.size(), 2U);
  EXPECT_EQ(file.slice(job.steps[0].place.span), "uses: a/b@v1");
  EXPECT_EQ(file.slice(job.steps[0].uses_place.span), "a/b@v1");
  EXPECT_EQ(file.slice(job.steps[1].place.span), "run: |");
  EXPECT_EQ(job.steps[1].name, "test");
}

TEST(GitHubLimits, AliasedScriptsAreCounted) {
  std::string text =
      "x: &s\n  run: \"" + std::string(1U << 20U, 'a') + "\"\njobs:\n  a:\n    steps:\n";
  for (int i = 0; i < 20; ++i) text += "      - *s\n";
  const SourceFile file("x.yml", std::move(text));
  const auto tree = parse_yaml(file);
  const Workflow workflow = read(*tree, System::kGitHub);
  EXPECT_TRUE(workflow.truncated);
  ASSERT_EQ(workflow.jobs.size(), 1U);
  EXPECT_EQ(workflow.jobs[0].steps.size(), limits::kCiScriptBytes >> 20U);
}

}  // namespace
}  // namespace plimsoll::ci
