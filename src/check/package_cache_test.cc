#include "check/package_cache.h"

#include <gtest/gtest.h>

#include "core/source_file.h"

namespace plimsoll::check {
namespace {

constexpr std::string_view kLists = "/var/lib/apt/lists";

struct Case {
  std::string_view path, cache;
  bool want;
};

class PathTest : public testing::TestWithParam<Case> {};
TEST_P(PathTest, CoversTheCache) {
  EXPECT_EQ(path_covers(GetParam().path, GetParam().cache), GetParam().want) << GetParam().path;
}
INSTANTIATE_TEST_SUITE_P(
    Paths, PathTest,
    testing::Values(Case{"/var/lib/apt/lists/*", kLists, true},
                    Case{"/var/lib/apt/lists/", kLists, true}, Case{"/var/lib/apt", kLists, true},
                    Case{"/var/lib/apt*", kLists, true}, Case{"/var/lib/*", kLists, true},
                    Case{"/var/lib/ap", kLists, false}, Case{"/var/cache/apt/*", kLists, false},
                    Case{"/var/lib/{dpkg,apt}/", kLists, true},
                    Case{"/var/lib/{dpkg,cache}/", kLists, false}, Case{"apt", kLists, true},
                    Case{"dpkg", kLists, false}, Case{"$LISTS", kLists, true},
                    Case{"", kLists, false}, Case{"~/.cache/pip", ".cache/pip", true},
                    Case{"/root/.cache/*", ".cache/pip", true},
                    Case{"/root/.cache/yarn", ".cache/pip", false}));

TEST(PackageCacheTest, OnlyCommandsThatDeleteRemove) {
  const auto removes = [](std::string_view line) {
    return removes_one_of(shell::parse(line).commands.front(), kLists);
  };
  EXPECT_TRUE(removes("rm -rf /tmp/* /var/lib/apt/lists/*"));
  EXPECT_TRUE(removes("find /var/lib/apt/lists -type f -delete"));
  EXPECT_FALSE(removes("ls -r /var/lib/apt/lists"));
  EXPECT_FALSE(removes("find /var/lib/apt/lists"));
}

bool mounts(std::string flags) {
  const SourceFile source("Dockerfile", "RUN " + std::move(flags) + " a\n");
  const dockerfile::Dockerfile file = dockerfile::parse(source);
  return mounts_one_of(file.instructions.front(), kLists);
}

TEST(PackageCacheTest, MountsOfCacheAndTmpfsAtOrAboveCount) {
  EXPECT_TRUE(mounts("--mount=type=cache,target=/var/lib/apt/lists"));
  EXPECT_TRUE(mounts("--mount=type=tmpfs,dst=/var/lib/apt/"));
  EXPECT_TRUE(mounts("--mount=target=/var/lib/apt,type=cache,sharing=locked"));
  EXPECT_FALSE(mounts("--mount=type=bind,target=/var/lib/apt"));
  EXPECT_FALSE(mounts("--mount=type=cache,target=/var/cache/apt"));
  EXPECT_FALSE(mounts("--mount=type=cache,target=/var/lib/apt/lists/partial"));
  EXPECT_FALSE(mounts("--network=none"));
}

}  // namespace
}  // namespace plimsoll::check
