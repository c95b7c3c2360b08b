#include "parse/interpolate.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>

#include "core/limits.h"

namespace plimsoll::interpolate {
namespace {

using Environment = std::map<std::string, std::string, std::less<>>;

Lookup lookup_in(const Environment& environment) {
  return {&environment, [](const void* context, std::string_view name) {
            const auto& values = *static_cast<const Environment*>(context);
            const auto found = values.find(name);
            return found == values.end() ? std::nullopt : std::optional(found->second);
          }};
}

const Environment& environment() {
  static const Environment values = {{"A", "x"}, {"EMPTY", ""}, {"DOLLAR", "$A"}};
  return values;
}

struct Case {
  std::string_view text;
  std::string_view want;
  bool known = true;
  std::size_t errors = 0;
};
class InterpolateTest : public testing::TestWithParam<Case> {};
TEST_P(InterpolateTest, GivesTextAndWhetherItIsKnown) {
  const Case& c = GetParam();
  const Result result = interpolate(c.text, lookup_in(environment()));
  EXPECT_EQ(result.text, c.want);
  EXPECT_EQ(result.known, c.known) << c.text;
  EXPECT_EQ(result.errors.size(), c.errors) << c.text;
}
INSTANTIATE_TEST_SUITE_P(Plain, InterpolateTest,
                         testing::Values(Case{"", ""}, Case{"no variables", "no variables"},
                                         Case{"$A", "x"}, Case{"${A}", "x"},
                                         Case{"a$A-${A}b", "ax-xb"}, Case{"$$A", "$A"},
                                         Case{"$${A}", "${A}"}, Case{"$$$A", "$x"},
                                         Case{"$U", "", false}, Case{"a${U}b", "ab", false},
                                         Case{"$EMPTY", ""}, Case{"$DOLLAR", "$A"},
                                         Case{"$Ab", "", false}, Case{"a}b", "a}b"}));
INSTANTIATE_TEST_SUITE_P(
    Operators, InterpolateTest,
    testing::Values(Case{"${A:-d}", "x"}, Case{"${U:-d}", "d"}, Case{"${EMPTY:-d}", "d"},
                    Case{"${U-d}", "d"}, Case{"${EMPTY-d}", ""}, Case{"${U:-}", ""},
                    Case{"${A:+r}", "r"}, Case{"${U:+r}", ""}, Case{"${EMPTY:+r}", ""},
                    Case{"${EMPTY+r}", "r"}, Case{"${A:?e}", "x"}, Case{"${U:?e}", "", false},
                    Case{"${EMPTY:?e}", "", false}, Case{"${EMPTY?e}", ""},
                    Case{"${U?e}", "", false}, Case{"${U:-a:b-c?d}", "a:b-c?d"}));
INSTANTIATE_TEST_SUITE_P(Nested, InterpolateTest,
                         testing::Values(Case{"${U:-${A}}", "x"}, Case{"${U:-${V:-d}e}f", "def"},
                                         Case{"${U:-$A}", "x"}, Case{"${U:-$V}", "", false},
                                         Case{"${A:-$V}", "x"}, Case{"${A:+${U:-n}}", "n"},
                                         Case{"${U:-$${A}}", "${A}"}, Case{"${U:-{}}", "{}"}));
INSTANTIATE_TEST_SUITE_P(Broken, InterpolateTest,
                         testing::Values(Case{"$", "$", false, 1}, Case{"a$ b", "a$ b", false, 1},
                                         Case{"${", "${", false, 1}, Case{"${A", "${A", false, 1},
                                         Case{"${}", "${}", false, 1},
                                         Case{"${1}", "${1}", false, 1}, Case{"$1", "$1", false, 1},
                                         Case{"${A:}", "${A:}", false, 1},
                                         Case{"${A!}", "${A!}", false, 1},
                                         Case{"${U:-${A}", "${U:-x", false, 1},
                                         Case{"${A:-$}", "x", true, 0}));

TEST(Interpolate, ReportsWhatItMet) {
  const std::string_view text = "i:${TAG:-1.2} $A ${U:?say it}";
  const Result result = interpolate(text, lookup_in(environment()));
  ASSERT_EQ(result.variables.size(), 3U);
  EXPECT_EQ(result.variables[0].name, "TAG");
  EXPECT_TRUE(result.variables[0].used_default);
  EXPECT_EQ(result.variables[0].default_text, "1.2");
  EXPECT_EQ(result.variables[0].span, (Span{2, 13}));
  EXPECT_TRUE(result.variables[1].set);
  EXPECT_FALSE(result.variables[1].used_default);
  EXPECT_TRUE(result.variables[2].required);
  EXPECT_EQ(result.variables[2].default_text, "say it");
}

TEST(Interpolate, PointsAtErrors) {
  const Result result = interpolate("ab$ ${", {});
  ASSERT_EQ(result.errors.size(), 2U);
  EXPECT_EQ(result.errors[0].span, (Span{2, 3}));
  EXPECT_EQ(result.errors[1].span, (Span{4, 5}));
}

TEST(Interpolate, SizeIsLimited) {
  const Environment big = {{"B", std::string(limits::kExpandedValueBytes / 2 + 1, 'b')}};
  EXPECT_TRUE(interpolate("$B", lookup_in(big)).known);
  const Result twice = interpolate("$B$B", lookup_in(big));
  EXPECT_FALSE(twice.known);
  EXPECT_EQ(twice.errors.size(), 1U);
  EXPECT_LE(twice.text.size(), limits::kExpandedValueBytes);
}

TEST(Interpolate, DepthIsLimited) {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += "${U:-";
    return text + "x" + std::string(depth, '}');
  };
  EXPECT_EQ(interpolate(nested(limits::kInterpolationDepth), {}).text, "x");
  EXPECT_EQ(interpolate(nested(limits::kInterpolationDepth + 1), {}).errors.size(), 1U);
  EXPECT_EQ(interpolate(nested(100'000), {}).errors.size(), 1U);
}

TEST(Interpolate, TakesNoQuadraticTime) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "${U:-";
  EXPECT_FALSE(interpolate(text, {}).known);
}

}  // namespace
}  // namespace plimsoll::interpolate
