#include "core/near_name.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll {
namespace {

TEST(NearName, CountsASwapAsOneMistake) {
  EXPECT_TRUE(is_near("PAHT", "PATH", 1));
}

TEST(NearName, CountsMissingExtraAndOtherCharacters) {
  EXPECT_TRUE(is_near("DIR_ASSET", "DIR_ASSETS", 1));
  EXPECT_TRUE(is_near("MYARCH", "MY_ARCH", 1));
  EXPECT_TRUE(is_near("VERSIOM", "VERSION", 1));
  EXPECT_FALSE(is_near("VERSON", "VERSIONS", 1));
  EXPECT_TRUE(is_near("VERSON", "VERSIONS", 2));
}

TEST(NearName, IsNotTheSame) {
  EXPECT_FALSE(is_near("PATH", "PATH", 2));
}

TEST(NearName, NeverHoldsForLongNames) {
  EXPECT_FALSE(is_near(std::string(65, 'a'), std::string(64, 'a'), 2));
  EXPECT_TRUE(is_near(std::string(63, 'a'), std::string(64, 'a'), 2));
}

}  // namespace
}  // namespace plimsoll
