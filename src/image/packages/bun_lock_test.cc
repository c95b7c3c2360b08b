#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

TEST(BunLock, FindsDependenciesAsNodeDoes) {
  EXPECT_EQ(dump(read_kind("bun-lock", R"({"workspaces": {
    "": {"name": "root", "dependencies": {"a": "^1"}, "devDependencies": {"@s/d": "^1"}},
    "lib": {"name": "lib", "version": "0.1.0"}},
  "packages": {
    "a": ["a@1.0.0", "", {"dependencies": {"c": "^2"}}, "sha512-"],
    "a/c": ["c@2.0.0", "", {}, "sha512-"],
    "c": ["c@1.0.0", "", {}, "sha512-"],
    "@s/d": ["@s/d@1.0.0", "", {"dependencies": {"c": "^1"}}, "sha512-"],
    "lib": ["lib@workspace:lib"],
    "short": ["long@3.0.0", "", {}, "sha512-"],
    "git": ["git@github:o/git#0123456", {}, "o-git-0123456"],
  }})")),
            "@s/d 1.0.0 (dev), a 1.0.0, c 1.0.0 (dev), c 2.0.0, git, lib 0.1.0, long 3.0.0");
}

}  // namespace
}  // namespace plimsoll::image
