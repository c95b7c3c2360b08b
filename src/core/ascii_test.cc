#include "core/ascii.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace plimsoll::ascii {
namespace {

using Pieces = std::vector<std::string_view>;

TEST(Split, KeepsEmptyPieces) {
  EXPECT_EQ(split("", ','), Pieces{""});
  EXPECT_EQ(split("a", ','), Pieces{"a"});
  EXPECT_EQ(split(",a,,b,", ','), (Pieces{"", "a", "", "b", ""}));
}

TEST(Trim, TakesEverySpaceAndNothingElse) {
  EXPECT_EQ(trim(" \t\r\n\v\fa b \n"), "a b");
  EXPECT_EQ(trim(" \n "), "");
  EXPECT_EQ(trim("\xC2\xA0"), "\xC2\xA0");  // a no-break space is no space of a Dockerfile
}

TEST(Case, ChangesOnlyAsciiLetters) {
  EXPECT_EQ(lower("A[Z\xC3\x89"), "a[z\xC3\x89");
  EXPECT_EQ(upper("a{z\xC3\xA9"), "A{Z\xC3\xA9");
  EXPECT_TRUE(iequals("From", "fROM"));
  EXPECT_FALSE(iequals("@", "`"));  // they differ by the bit that letters differ by
  EXPECT_FALSE(iequals("a", "ab"));
}

TEST(Contains, IgnoresCaseWhenAsked) {
  EXPECT_TRUE(icontains("xDockerFile", "dockerfile"));
  EXPECT_TRUE(icontains("", ""));
  EXPECT_FALSE(icontains("", "a"));
  EXPECT_FALSE(contains("Docker", "docker"));
}

TEST(IsNumber, WantsDigitsOnly) {
  EXPECT_TRUE(is_number("007"));
  for (const std::string_view text : {"", "-1", "1.0", "1 ", "\xD9\xA1"}) {
    EXPECT_FALSE(is_number(text)) << text;
  }
}

TEST(Classes, HoldNoByteBeyondAscii) {
  for (int byte = 0x80; byte < 0x100; ++byte) {
    const char c = static_cast<char>(byte);
    EXPECT_FALSE(is_alnum(c) || is_space(c) || is_hex(c) || is_name(c)) << byte;
  }
}

}  // namespace
}  // namespace plimsoll::ascii
