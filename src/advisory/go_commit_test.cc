#include "advisory/go_commit.h"

#include <gtest/gtest.h>

namespace plimsoll::advisory {
namespace {

constexpr const char* kCommit = "v0.0.0-20240101120000-abcdefabcdef";

TEST(GoCommit, IsAfterADayThatIsBeforeItsTime) {
  EXPECT_TRUE(is_commit_after(kCommit, "2022-04-20", "1.9.17"));
  EXPECT_TRUE(
      is_commit_after("0.0.0-20240101120000-abcdefabcdef+incompatible", "2022-04-20", "1.9"));
  EXPECT_FALSE(is_commit_after(kCommit, "2024-01-01", "1.9.17")) << "the same day";
  EXPECT_FALSE(is_commit_after(kCommit, "2024-04-20", "1.9.17"));
}

TEST(GoCommit, SaysNothingWhereTheOrderDoes) {
  EXPECT_FALSE(is_commit_after(kCommit, "2022-04-20", "0.0.0-20220101000000-abcdefabcdef"));
  EXPECT_FALSE(is_commit_after(kCommit, "2022-04-20", "")) << "nothing mends it";
  EXPECT_FALSE(is_commit_after(kCommit, "", "1.9.17")) << "nobody says when";
  EXPECT_FALSE(is_commit_after("v1.2.3", "2022-04-20", "1.9.17"));
  EXPECT_FALSE(is_commit_after("v1.2.4-0.20240101120000-abcdefabcdef", "2022-04-20", "1.9.17"));
  EXPECT_FALSE(is_commit_after("v0.0.0-2024", "2022-04-20", "1.9.17"));
}

}  // namespace
}  // namespace plimsoll::advisory
