#include "core/utf8.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::utf8 {
namespace {

struct Case {
  std::string_view text;
  std::optional<std::size_t> invalid;
};
class FindInvalidTest : public testing::TestWithParam<Case> {};
TEST_P(FindInvalidTest, GivesTheOffsetOfTheFirstBadByte) {
  EXPECT_EQ(find_invalid(GetParam().text), GetParam().invalid);
}
INSTANTIATE_TEST_SUITE_P(Utf8, FindInvalidTest,
                         testing::Values(Case{"", std::nullopt},
                                         Case{"plain ascii text", std::nullopt},
                                         Case{"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x90\xB3", std::nullopt},
                                         Case{"0123456789\xFF", 10}, Case{"ab\x80", 2},
                                         Case{"\xC0\xAF", 0},          // overlong '/'
                                         Case{"\xE0\x80\x80", 0},      // overlong
                                         Case{"\xED\xA0\x80", 0},      // surrogate
                                         Case{"\xF4\x90\x80\x80", 0},  // above U+10FFFF
                                         Case{"\xF5\x80\x80\x80", 0}, Case{"a\xE2\x82", 1},
                                         Case{"\xE2\x82z", 0}));

TEST(Decode, UndoesAppend) {
  for (const char32_t c : {U'\0', U'a', U'\x7f', U'\x80', U'\u07ff', U'\u0800', U'\uffff',
                           U'\U00010000', U'\U0010FFFF'}) {
    std::string text;
    append(text, c);
    EXPECT_EQ(sequence_length(text + "z"), text.size()) << static_cast<unsigned>(c);
    EXPECT_EQ(decode(text), c);
  }
}

TEST(SequenceLength, OfNothingIsZero) {
  EXPECT_EQ(sequence_length(""), 0U);
}

TEST(AppendTest, EncodesEveryLength) {
  std::string out;
  for (const char32_t c : {U'a', U'\u00e9', U'\u20ac', U'\U0001F433'}) append(out, c);
  EXPECT_EQ(out, "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x90\xB3");
}

TEST(AppendTest, ReplacesWhatCannotBeEncoded) {
  std::string out;
  append(out, char32_t{0xD800});
  append(out, char32_t{0x110000});
  EXPECT_EQ(out, "\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace plimsoll::utf8
