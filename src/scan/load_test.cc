#include "scan/load.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/limits.h"

namespace plimsoll::scan {
namespace {

/// As found in a folder, or as named by the user.
Loaded load_one(std::string_view path, std::string_view text, bool named = false,
                bool as_inspect = false) {
  const Candidate candidate{std::string(path), kind_of_name(path), named};
  return load_text(std::string(path), std::string(text), candidate, {.as_inspect = as_inspect});
}

constexpr std::string_view kDockerfile = "FROM a\nRUN b\n";
constexpr std::string_view kCompose = "services:\n  web: {image: a}\n";
constexpr std::string_view kPod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n";
constexpr std::string_view kInspect = R"([{"Id": "1", "Config": {}, "HostConfig": {}}])";
constexpr std::string_view kWorkflow = "on: push\njobs: {a: {runs-on: x, steps: [{run: b}]}}\n";
constexpr std::string_view kDependabot = "version: 2\nupdates: []\n";

struct Case {
  std::string_view path, text;
  Content found = Content::kNone;  ///< in a folder
  Content named = Content::kNone;  ///< by the user
};
class ContentTest : public testing::TestWithParam<Case> {};
TEST_P(ContentTest, IsRecognised) {
  EXPECT_EQ(load_one(GetParam().path, GetParam().text).content, GetParam().found);
  EXPECT_EQ(load_one(GetParam().path, GetParam().text, true).content, GetParam().named);
}
TEST_P(ContentTest, ANamedFileThatIsNothingOfOursIsRejected) {
  const Loaded loaded = load_one(GetParam().path, GetParam().text, true);
  EXPECT_EQ(loaded.content == Content::kNone, !loaded.incomplete.empty());
  for (const Incomplete& part : loaded.incomplete) EXPECT_TRUE(part.rejected);
  EXPECT_TRUE(load_one(GetParam().path, GetParam().text).incomplete.empty());
}

INSTANTIATE_TEST_SUITE_P(
    ByName, ContentTest,
    testing::Values(
        Case{"Dockerfile", kDockerfile, Content::kDockerfile, Content::kDockerfile},
        // What is about Dockerfiles is none, unless the user says so.
        Case{"Dockerfile.py", "x = 1\n", Content::kNone, Content::kDockerfile},
        Case{"web.Dockerfile", kDockerfile, Content::kDockerfile, Content::kDockerfile},
        Case{".env", "A=b\n", Content::kEnvironment, Content::kEnvironment},
        Case{".dockerignore", "*\n", Content::kIgnore, Content::kIgnore},
        Case{"a.container", "[Container]\nImage=a\n", Content::kQuadlet, Content::kQuadlet},
        Case{"run.sh", "docker run a\n", Content::kScript, Content::kScript},
        Case{"run.sh", "echo\n", Content::kNone, Content::kScript},
        Case{".github/dependabot.yml", kDependabot, Content::kUpdateBot, Content::kUpdateBot},
        Case{".github/workflows/a.yml", kWorkflow, Content::kWorkflow, Content::kWorkflow}));
INSTANTIATE_TEST_SUITE_P(
    ByContent, ContentTest,
    testing::Values(Case{"a.yaml", kCompose, Content::kCompose, Content::kCompose},
                    Case{"a.yaml", kPod, Content::kManifest, Content::kManifest},
                    Case{"a.json", kInspect, Content::kInspect, Content::kInspect},
                    Case{"a.yaml", "\xEF\xBB\xBFservices:\n  web: {image: a}\n", Content::kCompose,
                         Content::kCompose},
                    Case{"a.yaml", "a: [b\n", Content::kNone, Content::kNone},
                    Case{"a.yaml", "a: b\n", Content::kNone, Content::kNone},
                    Case{"a.json", "{}", Content::kNone, Content::kNone},
                    // Only the user's word makes a workflow of a file elsewhere.
                    Case{"a.yaml", kWorkflow, Content::kNone, Content::kWorkflow},
                    Case{"a.yaml", kDependabot, Content::kNone, Content::kUpdateBot}));
class GuessTest : public testing::TestWithParam<Case> {};
TEST_P(GuessTest, ANameThatSaysNothingLeavesItToTheContent) {
  EXPECT_EQ(load_one("x", GetParam().text, true).content, GetParam().named);
}
INSTANTIATE_TEST_SUITE_P(
    Contents, GuessTest,
    testing::Values(Case{.text = kDockerfile, .named = Content::kDockerfile},
                    Case{.text = kCompose, .named = Content::kCompose},
                    Case{.text = kPod, .named = Content::kManifest},
                    Case{.text = kInspect, .named = Content::kInspect},
                    Case{.text = "#!/bin/sh\ndocker run a\n", .named = Content::kScript},
                    Case{.text = "[Container]\nImage=a\n", .named = Content::kQuadlet},
                    Case{.text = "[Unit]\n[Container]\nImage=a\n", .named = Content::kQuadlet},
                    Case{.text = "a poem\n", .named = Content::kNone},
                    Case{.text = "", .named = Content::kNone}));

TEST(Load, InspectIsTakenAtTheUsersWord) {
  const std::string_view odd = R"([{"Config": {"User": "0"}}])";
  EXPECT_EQ(load_one("x", odd, true, true).content, Content::kInspect);
  // Only the targets are inspect output, not what they refer to.
  EXPECT_EQ(load_one("Dockerfile", kDockerfile, false, true).content, Content::kDockerfile);
}

TEST(Load, SaysTheLineOfWhatIsBroken) {
  const Loaded yaml = load_one("compose.yaml", "services:\n  web: [\n");
  ASSERT_FALSE(yaml.incomplete.empty());
  EXPECT_TRUE(yaml.incomplete[0].limit.starts_with("line ")) << yaml.incomplete[0].limit;
  EXPECT_TRUE(yaml.incomplete[0].rejected);
  const Loaded heredoc = load_one("Dockerfile", "FROM a\nCOPY <<END /x\n");
  ASSERT_EQ(heredoc.incomplete.size(), 1U);
  EXPECT_TRUE(heredoc.incomplete[0].limit.starts_with("line 2: ")) << heredoc.incomplete[0].limit;
}

TEST(Load, ATemplateIsNotJudgedAndNotRefused) {
  const std::string text = "apiVersion: v1\nkind: Pod\n{{ if }}\n";
  const Loaded found = load_one("a.yaml", text);
  ASSERT_EQ(found.incomplete.size(), 1U);
  EXPECT_FALSE(found.incomplete[0].rejected);
  // Who names the file wants to know what is wrong with it.
  EXPECT_TRUE(load_one("a.yaml", text, true).incomplete[0].rejected);
}

TEST(Load, RefusesWhatIsTooLarge) {
  MemoryFileSystem files;
  files.add("Dockerfile", std::string(limits::kDockerfileBytes + 1, '#'));
  const Loaded loaded = load(files, {"Dockerfile", FileKind::kDockerfile, false}, {});
  ASSERT_EQ(loaded.incomplete.size(), 1U);
  EXPECT_EQ(loaded.incomplete[0].stage, "limit");
  EXPECT_TRUE(loaded.incomplete[0].rejected);
  EXPECT_EQ(loaded.source, nullptr);
}

TEST(Load, AFileThatVanishedIsRefusedOnlyWhenNamed) {
  const MemoryFileSystem files;
  EXPECT_FALSE(load(files, {"a", FileKind::kYaml, false}, {}).incomplete.at(0).rejected);
  EXPECT_TRUE(load(files, {"a", FileKind::kYaml, true}, {}).incomplete.at(0).rejected);
}

}  // namespace
}  // namespace plimsoll::scan
