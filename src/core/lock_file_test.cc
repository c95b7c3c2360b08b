#include "core/lock_file.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

LockFile installed(InstallReach reach, bool with_dev) {
  return {.path = "package-lock.json",
          .kind = "npm-package-lock",
          .packages = 1,
          .installs = {{.path = "Dockerfile",
                        .line = 4,
                        .stage = "build",
                        .with_dev = with_dev,
                        .reach = reach}}};
}

struct Case {
  LockFile file;
  bool dev;
  const char* use;
  const char* tier;
};
class LockFileUse : public testing::TestWithParam<Case> {};

TEST_P(LockFileUse, SaysWhatBecomesOfThePackages) {
  EXPECT_EQ(describe_use(GetParam().file, GetParam().dev), GetParam().use);
  EXPECT_EQ(tier_of(GetParam().file, GetParam().dev), GetParam().tier);
}

INSTANTIATE_TEST_SUITE_P(
    Each, LockFileUse,
    testing::Values(
        Case{LockFile{}, false, "", "present"},
        Case{LockFile{}, true, "for development", "build-only"},
        Case{installed(InstallReach::kImage, true), false,
             "installed by Dockerfile:4 into the image that runs", "present"},
        Case{installed(InstallReach::kImage, true), true,
             "for development, but installed by Dockerfile:4 into the image that runs", "present"},
        Case{installed(InstallReach::kImage, false), true,
             "for development, which Dockerfile:4 leaves out", "build-only"},
        Case{installed(InstallReach::kTarget, false), false,
             "installed by Dockerfile:4 into an image that is built by name, stage 'build'",
             "present"},
        Case{installed(InstallReach::kPart, true), false,
             "installed by Dockerfile:4 in stage 'build', of which the image gets a part",
             "present"},
        Case{installed(InstallReach::kPart, true), true,
             "for development, but installed by Dockerfile:4 in stage 'build', of which the image "
             "gets a part",
             "build-only"},
        Case{installed(InstallReach::kDevelopment, true), false,
             "installed by Dockerfile:4 in stage 'build', for tests or development only",
             "build-only"},
        Case{installed(InstallReach::kNothing, true), false,
             "installed by Dockerfile:4 in stage 'build', of which no image gets anything",
             "build-only"}));

TEST(LockFileTest, TheNearestInstallCounts) {
  LockFile file = installed(InstallReach::kDevelopment, true);
  file.installs.push_back(
      {.path = "b/Dockerfile", .line = 7, .stage = "0", .reach = InstallReach::kImage});
  EXPECT_EQ(nearest_install(file, false)->path, "b/Dockerfile");
  EXPECT_EQ(nearest_install(file, true)->path, "Dockerfile");
}

TEST(LockFileTest, WordsOfReachesAreReadAgain) {
  for (const InstallReach reach :
       {InstallReach::kNothing, InstallReach::kDevelopment, InstallReach::kPart,
        InstallReach::kTarget, InstallReach::kImage}) {
    EXPECT_EQ(parse_install_reach(to_string(reach)), reach);
  }
  EXPECT_EQ(parse_install_reach("of another version"), InstallReach::kNothing);
}

}  // namespace
}  // namespace plimsoll
