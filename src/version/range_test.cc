#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "version/order.h"

namespace plimsoll::version {
namespace {

struct Range {
  std::string_view scheme;
  std::string_view range;
  std::vector<std::string_view> in;
  std::vector<std::string_view> out;
};

class RangeTest : public testing::TestWithParam<Range> {};

TEST_P(RangeTest, HasWhatTheToolSays) {
  const Order* order = find_order(GetParam().scheme);
  ASSERT_NE(order, nullptr);
  const auto ask = [&](std::string_view version, bool want) {
    const auto found = contains(*order, GetParam().range, version);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(*found, want) << GetParam().scheme << " '" << GetParam().range << "' '" << version
                            << "'";
  };
  for (const std::string_view version : GetParam().in) ask(version, true);
  for (const std::string_view version : GetParam().out) ask(version, false);
}

INSTANTIATE_TEST_SUITE_P(
    Languages, RangeTest,
    testing::Values(
        Range{"deb", ">= 1.0-1, << 1:0", {"1.0-1", "2.0"}, {"1.0~rc1-1", "1:0"}},
        Range{"rpm", "<1.0-2||>=2", {"1.0-1", "2.1"}, {"1.0-2", "1.9"}},
        Range{"apk", "", {"1.0"}, {}},
        Range{"npm", "^1.2.3", {"1.2.3", "1.9.0"}, {"1.2.2", "2.0.0", "2.0.0-a", "1.3.0-a"}},
        Range{"npm", "^0.2.3", {"0.2.9"}, {"0.3.0"}}, Range{"npm", "^0.0", {"0.0.9"}, {"0.1.0"}},
        Range{"npm", "~1.2", {"1.2.0", "1.2.9"}, {"1.3.0", "1.1.9"}},
        Range{"npm", ">1.2 <=2", {"1.3.0", "2.9.9"}, {"1.2.9", "3.0.0"}},
        Range{"npm", "1.2.3-rc.1 - 2", {"1.2.3-rc.2", "2.1.0"}, {"1.2.3-a", "1.3.0-rc.1"}},
        Range{"npm", "1.x || >=3.0.0-beta <3.1", {"1.5.0", "3.0.0-rc"}, {"2.0.0", "3.1.0-a"}},
        Range{"npm", "*", {"1.0.0"}, {"1.0.0-a", "no version", "1.0"}},
        Range{"npm",
              "^99999999999999999999.0.1",
              {"99999999999999999999.4.0"},
              {"100000000000000000000.0.0"}},
        Range{"semver", ">1.2", {"1.3.0"}, {"1.2.9", "1.3.0-a"}},
        Range{"semver", "!=1.x", {"2.0.0"}, {"1.2.3"}},
        Range{"generic", "~> 1.2.3.4", {"1.2.3.4", "1.2.3.9"}, {"1.2.4"}},
        Range{"generic", "~1", {"1.9"}, {"2.0"}},
        Range{"cargo", "1.2", {"1.2.0", "1.9.9"}, {"2.0.0", "1.1.0"}},
        Range{"cargo", "=1.2", {"1.2.9"}, {"1.3.0"}}, Range{"cargo", "1.2.*", {"1.2.9"}, {"1.3.0"}},
        Range{"cargo", ">=1.2.3-rc.1, <2", {"1.2.3-rc.2", "1.5.0"}, {"1.5.0-rc.1", "2.0.0"}},
        Range{"go", ">= 1.2.0, < 1.3.0", {"v1.2.5", "1.3.0-rc1"}, {"v1.3.0+incompatible"}},
        Range{"hex", "~> 1.2", {"1.2.0", "1.9.0"}, {"2.0.0", "1.1.0"}},
        Range{"hex", "~> 1.2.3 or == 3.0.0", {"1.2.9", "3.0.0"}, {"1.3.0"}},
        Range{"hex", ">= 1.0.0 and < 1.5.0", {"1.4.9"}, {"1.5.0"}},
        Range{"pub", "^1.2.3", {"1.9.0"}, {"2.0.0", "2.0.0-dev"}},
        Range{"pub", ">=1.0.0 <2.0.0", {"1.9.9"}, {"2.0.0-dev"}},
        Range{"pub", ">=2.0.0-dev <2.0.0", {"2.0.0-dev.1"}, {"2.0.0"}},
        Range{"pub", "any", {"0.0.1-x"}, {}},
        Range{"pep440", "~=1.4.2", {"1.4.2", "1.4.9"}, {"1.5", "1.4.1"}},
        Range{"pep440", "==1.1.*", {"1.1", "1.1a1", "1.1.post1"}, {"1.10"}},
        Range{"pep440", "!=1.1, >1.0", {"1.2"}, {"1.0.post1", "1.1", "1.0+local"}},
        Range{"pep440", "<2.0.post1", {"2.0rc1"}, {"2.0.post1.dev1"}},
        Range{"pep440", "<2.0", {"1.9", "1.9.post1"}, {"2.0", "2.0.dev0"}},
        Range{"pep440", "===1.0-Custom", {"1.0-custom"}, {"1.0"}},
        Range{"gem", "~> 1.4.2", {"1.4.2", "1.4.10"}, {"1.5", "1.5.a", "1.4.1"}},
        Range{"gem", ">= 1, != 1.5", {"1.4"}, {"1.5.0", "0.9"}},
        Range{"maven", "[1.0,2.0),(3,]", {"1.0", "1.9", "3.1"}, {"2.0", "3", "1.0-rc1"}},
        Range{"maven", "[1.5]", {"1.5.0"}, {"1.5.1"}}, Range{"maven", "1.0", {"7"}, {}},
        Range{"maven", ">= 1.0, < 1.5", {"1.4"}, {"1.5"}},
        Range{"nuget", "[1.0,2.0)", {"1.0", "1.9"}, {"2.0"}},
        Range{"nuget", "1.0", {"1.0", "5.0"}, {"0.9"}},
        Range{"nuget", "1.2.*", {"1.2.9"}, {"1.3.0", "1.2.0-a"}},
        Range{"composer", "^1.2", {"1.2.0-beta", "1.9"}, {"2.0", "2.0.0-alpha"}},
        Range{"composer", "~1.2.3", {"1.2.9"}, {"1.3.0"}},
        Range{"composer", "~1.2", {"1.9"}, {"2.0"}},
        Range{"composer", "1.0.*|2.1 - 2.3", {"1.0.5", "2.3.9"}, {"1.1", "2.4"}},
        Range{"composer", "1.0", {"1.0.0", "v1.0.0.0"}, {"1.0.1"}},
        Range{"composer", ">=1.0 <1.1 || >=1.2@beta", {"1.0.3", "1.2"}, {"1.1.0"}},
        Range{"composer", "dev-main", {"dev-main"}, {"1.0"}},
        Range{"conan", "[>=1.0 <2]", {"1.9"}, {"2.0", "1.5-pre"}},
        Range{"conan", "[~1.2]", {"1.2.9", "1.2w"}, {"1.3"}},
        Range{"conan", "[^1.2, include_prerelease]", {"1.9-pre"}, {"2.0"}},
        Range{"cran", ">= 1.0-1", {"1.0.1", "1.1"}, {"1.0"}},
        Range{"hackage", ">=1.2 && <1.4 || ==2.*", {"1.3", "2.9"}, {"1.4", "3"}},
        Range{"hackage", "^>=1.2.3", {"1.2.3", "1.2.9"}, {"1.3", "1.2.2"}},
        Range{"julia", "0.5, 1.2", {"0.5.9", "1.9.0"}, {"0.6.0", "2.0.0"}},
        Range{"julia", "1.2 - 1.5", {"1.5.9"}, {"1.6.0"}},
        Range{"julia", "=1.2.3", {"1.2.3"}, {"1.2.4"}},
        Range{"openssl", ">= 1.0.2, < 1.0.2u", {"1.0.2k-fips"}, {"1.0.2za"}}));

TEST(Range, IsRefusedWithAReason) {
  struct Case {
    std::string_view scheme;
    std::string_view range;
  };
  constexpr Case kCases[] = {{"deb", ">="},        {"npm", "^^1"},    {"npm", "not a range"},
                             {"pep440", ">1.0.*"}, {"pep440", "~=1"}, {"maven", "[1.0"},
                             {"maven", "[1,2,3]"}, {"gem", "~> x"},   {"hex", "^1.0"},
                             {"pub", "1.x"},       {"julia", "1 2"},  {"rpm", "~ 1.0"},
                             {"semver", "1.2.3.4"}};
  for (const Case& each : kCases) {
    const auto found = contains(*find_order(each.scheme), each.range, "1.0.0");
    ASSERT_FALSE(found) << each.scheme << ' ' << each.range;
    EXPECT_EQ(found.error().code, ErrorCode::kInvalid);
    EXPECT_NE(found.error().message.find(each.range), std::string::npos);
  }
}

}  // namespace
}  // namespace plimsoll::version
