#include "workload/distribution.h"

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(DistributionTest, WordsEndAtDashesAndUnderscores) {
  std::string_view rest = "8u292-b10_jre";
  EXPECT_EQ(next_word(rest), "8u292");
  EXPECT_EQ(next_word(rest), "b10");
  EXPECT_EQ(next_word(rest), "jre");
  EXPECT_TRUE(rest.empty());
}

struct Version {
  std::string_view word, want;
};
class VersionTest : public testing::TestWithParam<Version> {};

TEST_P(VersionTest, IsTheNumbersAtTheStart) {
  EXPECT_EQ(version_of(GetParam().word), GetParam().want) << GetParam().word;
}

INSTANTIATE_TEST_SUITE_P(Distribution, VersionTest,
                         testing::Values(Version{"14.17.0", "14.17.0"}, Version{"v2.10", "2.10"},
                                         Version{"8u292", "8"}, Version{"3.9rc1", "3.9"},
                                         Version{"5b3f2a", ""}, Version{"7.", ""},
                                         Version{".7", ""}, Version{"latest", ""}, Version{"", ""},
                                         Version{"v", ""}));

TEST(DistributionTest, WordWithVersionNamesTheRelease) {
  const auto alpine = distribution_of("alpine3.12");
  ASSERT_TRUE(alpine);
  EXPECT_EQ(alpine->family, ImageFamily::kAlpine);
  ASSERT_NE(alpine->release, nullptr);
  EXPECT_EQ(alpine->release->cycle, "3.12");
}

TEST(DistributionTest, CodenameNamesTheRelease) {
  const auto focal = distribution_of("focal");
  ASSERT_TRUE(focal);
  EXPECT_EQ(focal->family, ImageFamily::kUbuntu);
  ASSERT_NE(focal->release, nullptr);
  EXPECT_EQ(focal->release->cycle, "20.04");
}

TEST(DistributionTest, WordWithoutVersionNamesOnlyTheFamily) {
  const auto alpine = distribution_of("alpine");
  ASSERT_TRUE(alpine);
  EXPECT_EQ(alpine->release, nullptr);
}

TEST(DistributionTest, OtherWordsAndBareEverydayWordsSayNothing) {
  for (const std::string_view word : {"", "slim", "jre", "al", "stream", "rocky", "3.12", "fpm"}) {
    EXPECT_FALSE(distribution_of(word)) << word;
  }
}

}  // namespace
}  // namespace plimsoll
