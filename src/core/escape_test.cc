#include "core/escape.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace plimsoll {
namespace {

struct Case {
  std::string_view in;
  std::string_view unicode;
  std::string_view ascii;
};
class EscapeTerminalTest : public testing::TestWithParam<Case> {};
TEST_P(EscapeTerminalTest, LeavesOnlyWhatTheTerminalShows) {
  EXPECT_EQ(escape_terminal(GetParam().in), GetParam().unicode);
  EXPECT_EQ(escape_terminal(GetParam().in, 400, Charset::kAscii), GetParam().ascii);
}
TEST_P(EscapeTerminalTest, HasNothingLeftToEscape) {
  const std::string once = escape_terminal(GetParam().in);
  EXPECT_EQ(escape_terminal(once), once);
}

using std::string_view_literals::operator""sv;

INSTANTIATE_TEST_SUITE_P(Plain, EscapeTerminalTest,
                         testing::Values(Case{"", "", ""}, Case{"a b~", "a b~", "a b~"},
                                         Case{"C:\\x", "C:\\x", "C:\\x"}));
INSTANTIATE_TEST_SUITE_P(Beyond, EscapeTerminalTest,
                         testing::Values(Case{"é", "é", "\\u{00e9}"}, Case{"漢", "漢", "\\u{6f22}"},
                                         Case{"a…", "a…", "a..."}, Case{"🐳", "🐳", "\\u{1f433}"}));
INSTANTIATE_TEST_SUITE_P(Controls, EscapeTerminalTest,
                         testing::Values(Case{"a\tb\nc", "a\\tb\\nc", "a\\tb\\nc"},
                                         Case{"\r", "\\x0d", "\\x0d"},
                                         Case{"\0"sv, "\\x00", "\\x00"},
                                         Case{"\x1b[31m", "\\x1b[31m", "\\x1b[31m"},
                                         Case{"\x7f", "\\x7f", "\\x7f"},
                                         Case{"\xC2\x9B", "\\x9b", "\\x9b"}));  // CSI, as C1 has it
INSTANTIATE_TEST_SUITE_P(
    Invisible, EscapeTerminalTest,
    testing::Values(Case{"\u202e", "\\u{202e}", "\\u{202e}"},          // right-to-left override
                    Case{"\u2066", "\\u{2066}", "\\u{2066}"},          // isolate
                    Case{"\u061c", "\\u{061c}", "\\u{061c}"},          // Arabic letter mark
                    Case{"\u200b", "\\u{200b}", "\\u{200b}"},          // zero-width space
                    Case{"\u2060", "\\u{2060}", "\\u{2060}"},          // word joiner
                    Case{"\u2028", "\\u{2028}", "\\u{2028}"},          // line separator
                    Case{"\ufeff", "\\u{feff}", "\\u{feff}"},          // byte order mark
                    Case{"\U000e0041", "\\u{e0041}", "\\u{e0041}"}));  // tag
INSTANTIATE_TEST_SUITE_P(NoUtf8, EscapeTerminalTest,
                         testing::Values(Case{"a\xFFz", "a\\xffz", "a\\xffz"},
                                         Case{"\xC0\xAF", "\\xc0\\xaf", "\\xc0\\xaf"},
                                         Case{"\xE2\x82", "\\xe2\\x82", "\\xe2\\x82"}));

TEST(EscapeTerminal, CutsBetweenCharactersAndSaysSo) {
  EXPECT_EQ(escape_terminal("éèê", 3), "éèê");
  EXPECT_EQ(escape_terminal("éèê", 2), "éè…");
  EXPECT_EQ(escape_terminal("abc", 2, Charset::kAscii), "ab...");
}

TEST(ToUtf8, ReplacesOnlyWhatIsNone) {
  EXPECT_EQ(to_utf8("é\n\x1b"), "é\n\x1b");
  EXPECT_EQ(to_utf8("a\xFF\xC0z"), "a\uFFFD\uFFFDz");
  EXPECT_EQ(to_utf8("\xE2\x82"), "\uFFFD\uFFFD");
}

struct Width {
  std::string_view text;
  std::size_t columns;
};
class DisplayWidthTest : public testing::TestWithParam<Width> {};
TEST_P(DisplayWidthTest, CountsColumns) {
  EXPECT_EQ(display_width(GetParam().text), GetParam().columns);
}
INSTANTIATE_TEST_SUITE_P(Text, DisplayWidthTest,
                         testing::Values(Width{"", 0}, Width{"abc", 3}, Width{"é", 1},
                                         Width{"e\u0301", 1}, Width{"漢字", 4}, Width{"🐳", 2},
                                         Width{"✓ …", 3}, Width{"\xFFz", 2}));

}  // namespace
}  // namespace plimsoll
