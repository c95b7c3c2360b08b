#include "workload/effective_user.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace plimsoll {
namespace {

struct Case {
  std::string_view name, dockerfile;
  RunsAs want;
};
std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.name;
}

class StageUser : public testing::TestWithParam<Case> {};
TEST_P(StageUser, IsDecidedByAllThatIsKnown) {
  const SourceFile file("Dockerfile", std::string(GetParam().dockerfile));
  const dockerfile::Dockerfile parsed = dockerfile::parse(file);
  const EffectiveUser user = effective_user(parsed, *parsed.target_stage());
  EXPECT_EQ(user.runs_as, GetParam().want) << user.explain();
  EXPECT_FALSE(user.facts.empty()) << "every verdict names what decided it";
}
INSTANTIATE_TEST_SUITE_P(
    All, StageUser,
    testing::Values(
        Case{"BaseIsRoot", "FROM node:24\n", RunsAs::kRoot},
        Case{"ScratchIsRoot", "FROM scratch\n", RunsAs::kRoot},
        Case{"BaseIsNot", "FROM gcr.io/distroless/base:nonroot\n", RunsAs::kNonRoot},
        Case{"UnknownBase", "FROM corp/app:1\n", RunsAs::kUnknown},
        Case{"BaseFromAVariable", "ARG B\nFROM $B\n", RunsAs::kUnknown},
        Case{"LastUserWins", "FROM node:24\nUSER node\nUSER root\n", RunsAs::kRoot},
        Case{"UserOfTheParentStage", "FROM node:24 AS a\nUSER node\nFROM a\n", RunsAs::kNonRoot},
        Case{"UserOfAnotherStageDoesNotCount", "FROM node:24 AS a\nUSER node\nFROM node:24\n",
             RunsAs::kRoot},
        Case{"VariableWithDefault", "FROM node:24\nARG U=1000\nUSER $U\n", RunsAs::kNonRoot},
        Case{"VariableWithRootDefault", "FROM node:24\nARG U=0\nUSER ${U}:${U}\n", RunsAs::kRoot},
        Case{"VariableWithout", "FROM node:24\nARG U\nUSER $U\n", RunsAs::kUnknown},
        Case{"EntrypointDrops", "FROM debian:13\nENTRYPOINT [\"gosu\", \"app\", \"x\"]\n",
             RunsAs::kDropsRoot},
        Case{"ScriptWithGosu",
             "FROM debian:13\nRUN apt-get install -y gosu\nENTRYPOINT [\"/e.sh\"]\n",
             RunsAs::kDropsRoot},
        Case{"BaseDrops", "FROM redis:8\n", RunsAs::kDropsRoot},
        Case{"BaseDropsButTheEntrypointIsReplaced", "FROM redis:8\nENTRYPOINT [\"redis-server\"]\n",
             RunsAs::kRoot}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(RootUser, IsKnownByEverySpelling) {
  for (const std::string_view user : {"root", "0", "0:0", "root:root", "0:1000", "ROOT", "00"}) {
    EXPECT_TRUE(is_root_user(user)) << user;
  }
  for (const std::string_view user : {"", "1000", "node", "10", "rooty", ":0"}) {
    EXPECT_FALSE(is_root_user(user)) << user;
  }
}

}  // namespace
}  // namespace plimsoll
