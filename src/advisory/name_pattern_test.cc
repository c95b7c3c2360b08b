#include "advisory/name_pattern.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::advisory {
namespace {

struct Case {
  std::string_view pattern;
  std::string_view name;
  bool matches;
};

class NamePatternMatches : public testing::TestWithParam<Case> {};

TEST_P(NamePatternMatches, WholeNames) {
  const auto pattern = NamePattern::expression(std::string(GetParam().pattern));
  ASSERT_TRUE(pattern);
  EXPECT_EQ(pattern->matches(GetParam().name), GetParam().matches)
      << GetParam().pattern << " and " << GetParam().name;
}

INSTANTIATE_TEST_SUITE_P(All, NamePatternMatches,
                         testing::Values(Case{"linux", "linux", true},
                                         Case{"linux", "linux-libc", false},
                                         Case{"linux(-.*)?-headers-.*", "linux-headers-6", true},
                                         Case{"linux-.*", "gnu-linux-6", false},
                                         Case{"^a.c$", "abc", true}, Case{"a|b", "ab", false},
                                         Case{"a|b", "b", true}, Case{"g\\+\\+", "g++", true}));

TEST(NamePattern, AnExactNameIsNoExpression) {
  EXPECT_TRUE(NamePattern::exact("a.*").matches("a.*"));
  EXPECT_FALSE(NamePattern::exact("a.*").matches("ab"));
}

TEST(NamePattern, RefusesWhatIsNoneAndWhatIsTooLarge) {
  EXPECT_FALSE(NamePattern::expression("(").has_value());
  EXPECT_FALSE(NamePattern::expression("((a{99}){99}){9}").has_value());
  EXPECT_FALSE(NamePattern::expression(std::string(5'000, 'a')).has_value());
}

}  // namespace
}  // namespace plimsoll::advisory
