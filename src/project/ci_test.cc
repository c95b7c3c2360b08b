#include <gtest/gtest.h>

#include "project/project.h"

namespace plimsoll::ci {
namespace {

struct PathCase {
  std::string_view path;
  std::optional<System> want;
};
class SystemOfPathTest : public testing::TestWithParam<PathCase> {};
TEST_P(SystemOfPathTest, FollowsTheSystemsOwnPlaces) {
  EXPECT_EQ(system_of(GetParam().path), GetParam().want) << GetParam().path;
}
INSTANTIATE_TEST_SUITE_P(
    Paths, SystemOfPathTest,
    testing::Values(PathCase{".github/workflows/ci.yml", System::kGitHub},
                    PathCase{"work/app/.github/workflows/ci.yaml", System::kGitHub},
                    PathCase{".forgejo/workflows/ci.yml", System::kGitHub},
                    PathCase{".github/workflows/deep/ci.yml", std::nullopt},
                    PathCase{"x.github/workflows/ci.yml", std::nullopt},
                    PathCase{".github/workflows/README.md", std::nullopt},
                    PathCase{".github/dependabot.yml", std::nullopt},
                    PathCase{".gitlab-ci.yml", System::kGitLab},
                    PathCase{"ci/build.gitlab-ci.yml", System::kGitLab},
                    PathCase{".gitlab/ci/build.yml", System::kGitLab},
                    PathCase{"app/.gitlab/ci/build.yaml", System::kGitLab},
                    PathCase{"x.gitlab/ci/build.yaml", std::nullopt},
                    PathCase{"compose.yml", std::nullopt}, PathCase{"", std::nullopt}));

struct ContentCase {
  std::string_view text;
  std::optional<System> want;
};
class SystemOfContentTest : public testing::TestWithParam<ContentCase> {};
TEST_P(SystemOfContentTest, TellsSystemsApart) {
  const SourceFile file("x.yml", std::string(GetParam().text));
  const auto tree = parse_yaml(file);
  ASSERT_FALSE(tree->documents.empty());
  EXPECT_EQ(system_of(*tree->documents.front().root), GetParam().want) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    Contents, SystemOfContentTest,
    testing::Values(ContentCase{"on: push\njobs:\n  a:\n    runs-on: x\n", System::kGitHub},
                    ContentCase{"jobs: {a: {uses: ./.github/workflows/b.yml}}\n", System::kGitHub},
                    ContentCase{"runs: {using: composite, steps: []}\n", System::kGitHub},
                    ContentCase{"runs: {using: node20, main: index.js}\n", std::nullopt},
                    ContentCase{
                        "version: 2.1\njobs: {a: {docker: [{image: x}], steps: [checkout]}}\n",
                        std::nullopt},
                    ContentCase{"build:\n  script: [make]\n", System::kGitLab},
                    ContentCase{"build:\n  script: make\n", System::kGitLab},
                    ContentCase{"deploy: {stage: b, trigger: {include: x.yml}}\n", System::kGitLab},
                    ContentCase{"services:\n  web:\n    image: nginx\n", std::nullopt},
                    ContentCase{"script: make\n", std::nullopt},
                    ContentCase{"[a, b]\n", std::nullopt}, ContentCase{"jobs: 1\n", std::nullopt}));

TEST(ReadTest, AFileWithoutDocumentsHasNoJobs) {
  const SourceFile file("x.yml", "");
  const auto tree = parse_yaml(file);
  for (const System system : {System::kGitHub, System::kGitLab}) {
    const Workflow workflow = read(*tree, system);
    EXPECT_TRUE(workflow.jobs.empty());
    ASSERT_NE(workflow.root, nullptr);
    EXPECT_EQ(workflow.file, &file);
  }
}

}  // namespace
}  // namespace plimsoll::ci
