#include "core/glob.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

namespace plimsoll {
namespace {

struct Case {
  std::string_view pattern;
  std::string_view path;
  bool path_syntax;
  bool moby_syntax;
};
class GlobTest : public testing::TestWithParam<Case> {};
TEST_P(GlobTest, Matches) {
  const Case& c = GetParam();
  const auto path = Glob::compile(c.pattern, GlobSyntax::kPath);
  const auto moby = Glob::compile(c.pattern, GlobSyntax::kMoby);
  ASSERT_TRUE(path && moby);
  EXPECT_EQ(path->matches(c.path), c.path_syntax) << c.pattern << " on " << c.path;
  EXPECT_EQ(moby->matches(c.path), c.moby_syntax) << c.pattern << " on " << c.path << " (moby)";
}

INSTANTIATE_TEST_SUITE_P(
    Plain, GlobTest,
    testing::Values(Case{"", "", true, true}, Case{"", "a", false, false},
                    Case{"a/b.c", "a/b.c", true, true}, Case{"a/b.c", "a/bxc", false, false},
                    Case{"a", "a/b", false, false}, Case{"\\*", "*", true, true},
                    Case{"\\*", "a", false, false}, Case{"a+(b)", "a+(b)", true, true}));
INSTANTIATE_TEST_SUITE_P(
    Stars, GlobTest,
    testing::Values(Case{"*", "", true, true}, Case{"*", "abc", true, true},
                    Case{"*", "a/b", false, false}, Case{"*.log", "x.log", true, true},
                    Case{"*.log", "d/x.log", false, false}, Case{"a*b*c", "aXbYbZc", true, true},
                    Case{"a*b*c", "aXbYbZ", false, false}, Case{"a/*/c", "a/b/c", true, true},
                    Case{"a/*/c", "a/c", false, false}, Case{"?", "a", true, true},
                    Case{"?", "/", false, false}, Case{"?", "", false, false},
                    Case{"?.x", "\xC3\xA9.x", true, true},
                    Case{"?", "\xC3\xA9\xC3\xA9", false, false}));
INSTANTIATE_TEST_SUITE_P(
    Folders, GlobTest,
    testing::Values(Case{"**", "a/b/c", true, true}, Case{"**/c", "c", true, true},
                    Case{"**/c", "a/b/c", true, true}, Case{"**/c", "a/bc", false, false},
                    Case{"a/**/c", "a/c", true, true}, Case{"a/**/c", "a/x/y/c", true, true},
                    Case{"a/**/c", "ac", false, false}, Case{"a/**", "a/b/c", true, true},
                    Case{"a/**", "a", false, false}, Case{"a/**", "ab", false, false},
                    Case{"**/*.go", "x/y.go", true, true}, Case{"**/*.go", "y.go", true, true},
                    Case{"a/***", "a/b/c", true, true}, Case{"***/c", "a/c", true, true},
                    // Inside a part of the path the two differ.
                    Case{"**.go", "a/b.go", false, false}, Case{"**go", "a/go", false, true},
                    Case{"a**b", "axb", true, false}, Case{"a**b", "ax/b", false, true},
                    Case{"a**", "a/b", false, true}));
INSTANTIATE_TEST_SUITE_P(
    Classes, GlobTest,
    testing::Values(Case{"[a-c]", "b", true, true}, Case{"[a-c]", "d", false, false},
                    Case{"[!a-c]", "d", true, true}, Case{"[^a-c]", "a", false, false},
                    Case{"[!a]", "/", false, false}, Case{"[!a]", "\xC3\xA9", true, true},
                    Case{"[]]", "]", true, true}, Case{"[a-]", "-", true, true},
                    Case{"[\\]]", "]", true, true}, Case{"[[:digit:]x]", "7", true, true},
                    Case{"[[:digit:]x]", "y", false, false}, Case{"x[ab]*", "xbcd", true, true}));

TEST(Glob, RefusesWhatNeverEnds) {
  for (const std::string_view pattern :
       {"[", "[a", "[]", "[!", "a\\", "[[:alpha:]", "[[:x:]]", "[a-\\"}) {
    EXPECT_FALSE(Glob::compile(pattern, GlobSyntax::kPath)) << pattern;
  }
}

TEST(Glob, TakesNoExponentialTime) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a**/";
  const auto glob = Glob::compile(pattern + "b", GlobSyntax::kMoby);
  ASSERT_TRUE(glob);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(glob->matches(std::string(4096, 'a')));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

}  // namespace
}  // namespace plimsoll
