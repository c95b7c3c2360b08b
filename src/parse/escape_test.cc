#include "parse/escape.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace plimsoll {
namespace {

using std::string_view_literals::operator""sv;

struct Case {
  EscapeSet set;
  std::string_view rest;  ///< after the backslash
  std::size_t taken;
  std::string_view text;
};
class EscapeTest : public testing::TestWithParam<Case> {};
TEST_P(EscapeTest, StandsForItsText) {
  std::string out = "<";
  EXPECT_EQ(append_escape(GetParam().rest, GetParam().set, out), GetParam().taken);
  EXPECT_EQ(out, "<" + std::string(GetParam().text)) << GetParam().rest;
}

constexpr EscapeSet kJson = EscapeSet::kJson;
constexpr EscapeSet kJson5 = EscapeSet::kJson5;
constexpr EscapeSet kYaml = EscapeSet::kYaml;

INSTANTIATE_TEST_SUITE_P(Letters, EscapeTest,
                         testing::Values(Case{kJson, "n1", 1, "\n"}, Case{kYaml, "/", 1, "/"},
                                         Case{kJson, "\\", 1, "\\"}, Case{kJson, "v", 0, ""},
                                         Case{kJson5, "v", 1, "\v"}, Case{kJson5, "0", 1, "\0"sv},
                                         Case{kJson, "0", 0, ""}, Case{kYaml, "e", 1, "\x1b"},
                                         Case{kJson5, "e", 0, ""}, Case{kYaml, "N", 1, "\u0085"},
                                         Case{kYaml, "_", 1, "\u00a0"},
                                         Case{kYaml, "L", 1, "\u2028"}, Case{kYaml, "q", 0, ""},
                                         Case{kYaml, "", 0, ""}));
INSTANTIATE_TEST_SUITE_P(
    Numbers, EscapeTest,
    testing::Values(Case{kJson, "u00e9z", 5, "é"}, Case{kJson, "u00E9", 5, "é"},
                    Case{kJson, "u00e", 0, ""}, Case{kJson, "u00g0", 0, ""},
                    Case{kJson, "x41", 0, ""}, Case{kJson5, "x41", 3, "A"},
                    Case{kYaml, "x9b", 3, "\u009b"}, Case{kYaml, "U0001F433", 9, "🐳"},
                    Case{kJson5, "U0001F433", 0, ""}, Case{kYaml, "UFFFFFFFF", 9, "\uFFFD"}));
INSTANTIATE_TEST_SUITE_P(Pairs, EscapeTest,
                         testing::Values(Case{kJson, "uD83D\\uDC33z", 11, "🐳"},
                                         Case{kJson, "uD83D", 5, "\uFFFD"},
                                         Case{kJson, "uD83D\\u0041", 5, "\uFFFD"},
                                         Case{kJson, "uD83D\\n", 5, "\uFFFD"},
                                         Case{kJson, "uDC33\\uD83D", 5, "\uFFFD"}));

}  // namespace
}  // namespace plimsoll
