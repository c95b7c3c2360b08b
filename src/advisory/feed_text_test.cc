#include "advisory/feed_text.h"

#include <gtest/gtest.h>

namespace plimsoll::advisory {
namespace {

TEST(FeedText, FindsTheFirstCve) {
  EXPECT_EQ(find_cve("CVE:00001:CVE-2019-9936"), "CVE-2019-9936");
  EXPECT_EQ(find_cve("CVE-19-1 CVE-2019-12 CVE-2020-12345x"), "CVE-2020-12345");
  EXPECT_EQ(find_cve("GHSA-aaaa-bbbb-cccc"), "");
  EXPECT_TRUE(is_cve("CVE-2024-0001"));
  EXPECT_FALSE(is_cve("CVE-2024-0001 "));
  EXPECT_FALSE(is_cve(""));
}

TEST(FeedText, KnowsAtWhichDepthAKeyStands) {
  constexpr std::string_view kText = R"({"a": ["b", {"c\"": 1, "d" : "e"}], "f": 2})";
  EXPECT_TRUE(has_json_key(kText, 1, "a"));
  EXPECT_TRUE(has_json_key(kText, 3, "d"));
  EXPECT_FALSE(has_json_key(kText, 2, "b")) << "a text, no key";
  EXPECT_FALSE(has_json_key(kText, 3, "e"));
  EXPECT_FALSE(has_json_key(kText, 2, "f"));
  EXPECT_TRUE(has_json_key(kText, 1, "f"));
  EXPECT_FALSE(has_json_key(R"({"cut off)", 1, "cut off"));
}

TEST(FeedText, ReadsTheDatesPeopleWrite) {
  EXPECT_EQ(date_of_words("29 Mar 2023"), "2023-03-29");
  EXPECT_EQ(date_of_words("Thu, 8 Nov 2018 23:44:00 GMT"), "2018-11-08");
  EXPECT_EQ(date_of_words("31 Feb 2020"), "");
  EXPECT_EQ(date_of_words("August 26th, 2005"), "");
  EXPECT_EQ(date_of_words("1 anF 2005"), "");
}

TEST(FeedText, CountsLinesWithEitherEnd) {
  FeedLines lines("a\r\n\nb");
  ASSERT_TRUE(lines.next());
  EXPECT_EQ(lines.line(), "a");
  ASSERT_TRUE(lines.next());
  EXPECT_EQ(lines.line(), "");
  ASSERT_TRUE(lines.next());
  EXPECT_EQ(lines.line(), "b");
  EXPECT_EQ(lines.number(), 3U);
  EXPECT_FALSE(lines.next());
}

}  // namespace
}  // namespace plimsoll::advisory
