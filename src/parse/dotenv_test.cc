#include "parse/dotenv.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace plimsoll::dotenv {
namespace {

/// "KEY=[value] …", "KEY" for one without a value, "!line message" for problems.
std::string read(std::string_view text) {
  const SourceFile source(".env", std::string(text));
  const File file = parse(source);
  std::string out;
  for (const Entry& entry : file.entries) {
    if (!out.empty()) out += ' ';
    out += entry.key;
    if (entry.has_value) out += "=[" + entry.value + "]";
  }
  for (const Problem& problem : file.problems) {
    if (!out.empty()) out += ' ';
    out += "!" + std::to_string(source.position(problem.span.begin).line) + " " + problem.message;
  }
  return out;
}

struct Case {
  std::string_view text;
  std::string_view want;
};
class DotenvTest : public testing::TestWithParam<Case> {};
TEST_P(DotenvTest, ReadsEntries) {
  EXPECT_EQ(read(GetParam().text), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(
    Plain, DotenvTest,
    testing::Values(Case{"", ""}, Case{"# c\n\n", ""}, Case{"A=1\nB=x y \n", "A=[1] B=[x y]"},
                    Case{"export A=1", "A=[1]"}, Case{"export=1", "export=[1]"},
                    Case{"A = 1", "A=[1]"}, Case{"A: 1", "A=[1]"}, Case{"A=", "A=[]"},
                    Case{"A", "A"}, Case{"export A # c", "A"}, Case{"  A=1", "A=[1]"},
                    Case{"A=1\r\nB=2\r\n", "A=[1] B=[2]"}, Case{"A=1 # c", "A=[1]"},
                    Case{"A=1#c", "A=[1#c]"}, Case{"A=#c", "A=[#c]"}, Case{"A= #c", "A=[]"},
                    Case{"A=a=b", "A=[a=b]"}, Case{"a.b-c=1", "a.b-c=[1]"},
                    Case{"A=$B ${C}", "A=[$B ${C}]"}, Case{"A=it's", "A=[it's]"},
                    Case{"\xEF\xBB\xBF"
                         "A=1",
                         "A=[1]"}));
INSTANTIATE_TEST_SUITE_P(
    Quoted, DotenvTest,
    testing::Values(Case{"A='x # y'", "A=[x # y]"}, Case{"A=\"x # y\" # c", "A=[x # y]"},
                    Case{R"(A="a\tb\"c\\d")", "A=[a\tb\"c\\d]"}, Case{R"(A='a\tb')", R"(A=[a\tb])"},
                    Case{R"(A="\$B \q")", R"(A=[\$B \q])"},
                    Case{"A=\"one\ntwo\"\nB=3", "A=[one\ntwo] B=[3]"},
                    Case{"A='one\ntwo'\nB=3", "A=[one\ntwo] B=[3]"}, Case{"A=''", "A=[]"}));
INSTANTIATE_TEST_SUITE_P(Broken, DotenvTest,
                         testing::Values(Case{"=1\nB=2", "B=[2] !1 expected a variable's name"},
                                         Case{"1A=1", "!1 expected a variable's name"},
                                         Case{"A b=1\nC=2", "C=[2] !1 expected '=' after the name"},
                                         Case{"A=\"x\nB=2", "B=[2] !1 a quote that never ends"},
                                         Case{"A='x' y\nB=2",
                                              "B=[2] !1 unexpected text after the quoted value"}));

TEST(Dotenv, SpansAreExact) {
  const SourceFile source(".env", "# c\nexport KEY = \"v 1\" # d\nB=\n");
  const File file = parse(source);
  ASSERT_EQ(file.entries.size(), 2U);
  EXPECT_EQ(source.slice(file.entries[0].span), "export KEY = \"v 1\"");
  EXPECT_EQ(source.slice(file.entries[0].key_span), "KEY");
  EXPECT_EQ(source.slice(file.entries[0].value_span), "\"v 1\"");
  EXPECT_EQ(source.slice(file.entries[1].span), "B=");
  EXPECT_TRUE(file.entries[1].value_span.empty());
}

TEST(Dotenv, LastOfTheSameKeyWins) {
  const SourceFile source(".env", "A=1\nA='$2'\n");
  const File file = parse(source);
  ASSERT_NE(file.find("A"), nullptr);
  EXPECT_EQ(file.find("A")->value, "$2");
  EXPECT_FALSE(file.find("A")->interpolates());
  EXPECT_EQ(file.find("B"), nullptr);
}

TEST(Dotenv, OpenQuotesTakeNoQuadraticTime) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "A=\"\\\n";
  const SourceFile source(".env", text + "\\");
  const File file = parse(source);
  EXPECT_FALSE(file.problems.empty());
}

}  // namespace
}  // namespace plimsoll::dotenv
