#include "parse/ignore_file.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/limits.h"

namespace plimsoll {
namespace {

struct Case {
  std::string_view patterns;
  std::string_view path;
  bool ignored;
  bool is_folder = false;
};

bool ignores(const Case& c, IgnoreSyntax syntax) {
  const SourceFile source(".ignore", std::string(c.patterns));
  return parse_ignore(source, syntax).ignores(c.path, c.is_folder);
}

class DockerIgnoreTest : public testing::TestWithParam<Case> {};
TEST_P(DockerIgnoreTest, DecidesLikeMoby) {
  EXPECT_EQ(ignores(GetParam(), IgnoreSyntax::kDocker), GetParam().ignored)
      << GetParam().patterns << " on " << GetParam().path;
}
INSTANTIATE_TEST_SUITE_P(
    Patterns, DockerIgnoreTest,
    testing::Values(
        Case{"", "a", false}, Case{"a", "a", true}, Case{"a", "a/b/c", true},
        Case{"a", "b/a", false}, Case{"/a", "a", true}, Case{"./a/", "a/b", true},
        Case{"*.md", "x.md", true}, Case{"*.md", "d/x.md", false}, Case{"**/*.md", "d/x.md", true},
        Case{"**/*.md", "x.md", true}, Case{"*/temp*", "d/temporary.txt", true},
        Case{"*/temp*", "temp", false}, Case{"temp?", "tempa", true}, Case{"temp?", "temp", false},
        Case{"*", "anything/at/all", true}, Case{"*", ".env", true}, Case{"# a\n#b", "#b", false},
        Case{" a \r\n", "a", true}, Case{"a\n!a/b", "a/b", false}, Case{"a\n!a/b", "a/c", true},
        Case{"!a\na", "a", true}, Case{"*\n!src\n!go.mod", "src/main.go", false},
        Case{"*\n!src\nsrc/*_test.go", "src/x_test.go", true}, Case{"! a\na\n! a", "a", false},
        Case{"[", "[", false}, Case{"!", "!", false},
        Case{"\xEF\xBB\xBF"
             "a",
             "a", true},
        Case{"../a", "a", false}, Case{"a/../b", "b", true}, Case{"[a-c].txt", "b.txt", true}));

class GitIgnoreTest : public testing::TestWithParam<Case> {};
TEST_P(GitIgnoreTest, DecidesLikeGit) {
  EXPECT_EQ(ignores(GetParam(), IgnoreSyntax::kGit), GetParam().ignored)
      << GetParam().patterns << " on " << GetParam().path;
}
INSTANTIATE_TEST_SUITE_P(
    Patterns, GitIgnoreTest,
    testing::Values(Case{"a", "a", true}, Case{"a", "x/y/a", true}, Case{"a", "x/a/y", true},
                    Case{"/a", "x/a", false}, Case{"/a", "a", true}, Case{"x/a", "x/a", true},
                    Case{"x/a", "y/x/a", false}, Case{"a/", "a", false},
                    Case{"a/", "a", true, true}, Case{"a/", "x/a/y", true},
                    Case{"*.o", "x/y.o", true}, Case{"**/foo", "a/foo", true},
                    Case{"foo/**", "foo/a/b", true}, Case{"foo/**", "foo", false, true},
                    Case{"a/**/b", "a/b", true}, Case{"a/**/b", "a/x/y/b", true},
                    Case{"\\#a", "#a", true}, Case{"\\!a", "!a", true}, Case{"#a", "#a", false},
                    Case{"a  ", "a", true}, Case{"a\\ ", "a ", true}, Case{"a\r\n", "a", true},
                    Case{"*.log\n!keep.log", "keep.log", false},
                    Case{"*.log\n!keep.log", "x.log", true},
                    Case{"d/\n!d/keep", "d/keep", true},  // its folder is not entered
                    Case{"d/*\n!d/keep", "d/keep", false}, Case{"/", "a", false},
                    Case{"[", "[", false}, Case{"a**b", "a/b", false}));

TEST(IgnoreFile, PatternsKeepTheirSpans) {
  const SourceFile source(".dockerignore", "# c\n  *.md \n\n!README.md\n");
  const IgnoreFile file = parse_ignore(source, IgnoreSyntax::kDocker);
  ASSERT_EQ(file.patterns.size(), 2U);
  EXPECT_EQ(source.slice(file.patterns[0].span), "*.md");
  EXPECT_EQ(source.slice(file.patterns[1].span), "!README.md");
  EXPECT_TRUE(file.patterns[1].negated);
}

TEST(IgnoreFile, PatternsAreLimited) {
  std::string text;
  for (std::size_t i = 0; i <= limits::kIgnorePatterns; ++i) text += "a\n";
  const SourceFile source(".gitignore", text);
  const IgnoreFile file = parse_ignore(source, IgnoreSyntax::kGit);
  EXPECT_TRUE(file.truncated);
  EXPECT_EQ(file.patterns.size(), limits::kIgnorePatterns);
}

}  // namespace
}  // namespace plimsoll
