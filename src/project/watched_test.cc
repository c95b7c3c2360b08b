#include "project/watched.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

struct CoverCase {
  std::string_view pattern;
  std::string_view folder;
  bool want;
};
class CoversTest : public testing::TestWithParam<CoverCase> {};
TEST_P(CoversTest, AsDependabotLooks) {
  UpdateEntry entry;
  entry.folders.emplace_back(GetParam().pattern);
  EXPECT_EQ(covers(entry, GetParam().folder), GetParam().want)
      << GetParam().pattern << " / " << GetParam().folder;
}
INSTANTIATE_TEST_SUITE_P(
    Table, CoversTest,
    testing::Values(CoverCase{".", ".", true}, CoverCase{".", "a", false},
                    CoverCase{"a", "a", true}, CoverCase{"a", "a/b", false},
                    CoverCase{"a/*", "a/b", true}, CoverCase{"a/*", "a", false},
                    CoverCase{"a/*", "a/b/c", false}, CoverCase{"*", "a", true},
                    CoverCase{"*", ".", false}, CoverCase{"**/*", "a/b/c", true},
                    CoverCase{"**/*", ".", true}, CoverCase{"**", ".", true},
                    CoverCase{"a/**", "a", true}, CoverCase{"a/**/c", "a/b/b/c", true},
                    CoverCase{"a/**/c", "a/b", false}, CoverCase{"img-*", "img-web", true},
                    CoverCase{"*-*b", "a-ab-b", true}, CoverCase{"img-?", "img-w", true},
                    CoverCase{"*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false}));

TEST(CoversTest, AnyOfTheFolders) {
  UpdateEntry entry;
  EXPECT_FALSE(covers(entry, "."));
  entry.folders = {"a", "b/*"};
  EXPECT_TRUE(covers(entry, "b/c"));
}

struct BotCase {
  std::string_view file;
  std::string_view text;
  std::string_view want;  ///< letters of what is watched: d(ockerfiles) c(ompose) m(anifests)
};
class WatchedTest : public testing::TestWithParam<BotCase> {};
TEST_P(WatchedTest, ByBot) {
  const SourceFile file{std::string(GetParam().file), std::string(GetParam().text)};
  const auto kind = update_bot_of(file.path());
  ASSERT_TRUE(kind);
  const auto tree = *kind == UpdateBot::Kind::kDependabot ? parse_yaml(file) : parse_json(file);
  const Watched watched = watched_by(read_update_bot(*tree, *kind));
  std::string got;
  if (watched.dockerfiles) got += 'd';
  if (watched.compose_files) got += 'c';
  if (watched.manifests) got += 'm';
  EXPECT_EQ(got, GetParam().want) << GetParam().text;
}
constexpr std::string_view kDependabot = ".github/dependabot.yml";
INSTANTIATE_TEST_SUITE_P(
    Table, WatchedTest,
    testing::Values(
        BotCase{kDependabot, "updates: [{package-ecosystem: docker, directory: /}]\n", "dm"},
        BotCase{kDependabot, "updates: [{package-ecosystem: docker-compose, directory: /}]\n", "c"},
        BotCase{kDependabot, "updates: [{package-ecosystem: npm, directory: /}]\n", ""},
        BotCase{kDependabot,
                "updates: [{package-ecosystem: docker, open-pull-requests-limit: 0}]\n", ""},
        BotCase{kDependabot,
                "updates: [{package-ecosystem: docker, ignore: [{dependency-name: '*'}]}]\n", ""},
        BotCase{kDependabot,
                "updates: [{package-ecosystem: docker, ignore: [{dependency-name: '*', "
                "update-types: ['version-update:semver-major']}]}]\n",
                "dm"},
        BotCase{"renovate.json", "{}", "dcm"}, BotCase{"renovate.json", "{\"enabled\": false}", ""},
        BotCase{"renovate.json", "{\"enabledManagers\": [\"dockerfile\"]}", "d"},
        BotCase{"renovate.json", "{\"extends\": [\"docker:disable\"]}", ""}));

TEST(WatchedInTest, AJobThatRunsTheBotCountsForAll) {
  const SourceFile file(".gitlab-ci.yml", "r: {image: renovate/renovate, script: [renovate]}\n");
  const auto tree = parse_yaml(file);
  Project project;
  EXPECT_FALSE(watched_in(project).dockerfiles);
  project.workflows.push_back(ci::read(*tree, ci::System::kGitLab));
  EXPECT_TRUE(watched_in(project).dockerfiles);
}

TEST(OwnFilesTest, AreRelativeAndNoSamples) {
  Project project;
  project.root = "work/app";
  project.dockerfiles = {"work/app/Dockerfile", "work/app/tests/Dockerfile",
                         "work/app/a/examples/b/Dockerfile", "work/app/web/Dockerfile"};
  EXPECT_EQ(own_files(project, project.dockerfiles),
            (std::vector<std::string_view>{"Dockerfile", "web/Dockerfile"}));
  project.root = ".";
  EXPECT_EQ(relative_to_root(project, "./a/Dockerfile"), "a/Dockerfile");
  EXPECT_EQ(relative_to_root(project, "a/Dockerfile"), "a/Dockerfile");
}

}  // namespace
}  // namespace plimsoll
