#include "report/excerpt.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

namespace plimsoll::report {
namespace {

using Lines = std::vector<std::string>;

class ExcerptTest : public testing::Test {
 protected:
  const SourceFile& file(std::string text) {
    report_.sources.push_back(std::make_unique<SourceFile>("f", std::move(text)));
    return *report_.sources.back();
  }
  static Span span_of(const SourceFile& file, std::string_view text) {
    const auto begin = static_cast<std::uint32_t>(file.text().find(text));
    return {begin, begin + static_cast<std::uint32_t>(text.size())};
  }
  static Finding about(const SourceFile& file, std::string_view text) {
    Finding finding;
    finding.file = &file;
    finding.span = span_of(file, text);
    return finding;
  }
  void hide(const SourceFile& file, std::string_view text) {
    report_.secrets.push_back({&file, span_of(file, text)});
  }
  std::optional<Excerpt> around(const Finding& finding) {
    return Excerpts(report_).around(finding);
  }

  Report report_;
};

TEST_F(ExcerptTest, ShowsTwoLinesBeforeAndAfter) {
  const SourceFile& text = file("1\n2\n3\n4\n5\n6\n7\n");
  const auto excerpt = around(about(text, "4"));
  ASSERT_TRUE(excerpt);
  EXPECT_EQ(excerpt->line, 2U);
  EXPECT_EQ(excerpt->text, (Lines{"2", "3", "4", "5", "6"}));
}

TEST_F(ExcerptTest, IsCutWhereAPlaceIsLong) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "line\n";
  const SourceFile& source = file(text);
  Finding finding;
  finding.file = &source;
  finding.span = {0, static_cast<std::uint32_t>(text.size())};
  EXPECT_EQ(around(finding)->text.size(), 12U);
}

TEST_F(ExcerptTest, HasNoneForWhatIsNowhere) {
  EXPECT_FALSE(around(Finding{}));
}

TEST_F(ExcerptTest, MasksASecretInTheLinesAroundAnotherFinding) {
  const SourceFile& text = file("ENV A=1\nENV DB_PASSWORD=hunter2 B=2\nUSER root\n");
  hide(text, "DB_PASSWORD=hunter2");
  const auto excerpt = around(about(text, "USER root"));
  EXPECT_EQ(excerpt->text, (Lines{"ENV A=1", "ENV DB_PASSWORD=••• B=2", "USER root"}));
}

TEST_F(ExcerptTest, TheEndOfBase64IsNoName) {
  const SourceFile& text = file("a: c2VjcmV0==\nb: cGFzc3dvcmQ=\n");
  hide(text, "c2VjcmV0==");
  hide(text, "cGFzc3dvcmQ=");
  EXPECT_EQ(around(about(text, "a"))->text, (Lines{"a: •••", "b: •••"}));
}

TEST_F(ExcerptTest, MasksASecretOfSeveralLines) {
  const SourceFile& text = file("data:\n  key: |\n    abc\n    def\nkind: Secret\n");
  hide(text, "|\n    abc\n    def");
  EXPECT_EQ(around(about(text, "kind"))->text, (Lines{"•••", "•••", "kind: Secret"}));
}

TEST_F(ExcerptTest, TouchingSecretsBecomeOne) {
  const SourceFile& text = file("curl -u a:b c\n");
  hide(text, "a:b");
  hide(text, "b c");
  hide(text, "a:b");
  EXPECT_EQ(around(about(text, "curl"))->text, (Lines{"curl -u a:•••"}));
}

TEST_F(ExcerptTest, ShowsAFixAsADiff) {
  const SourceFile& text = file("FROM a\nADD x y\nADD p q\nCMD z\n");
  Finding finding = about(text, "ADD x");
  finding.fix = Fix{"t", {{span_of(text, "ADD"), "COPY"}, {{15, 18}, "COPY"}}, FixSafety::kSafe};
  EXPECT_EQ(around(finding)->diff,
            (Lines{"@@ line 2 @@", "-ADD x y", "-ADD p q", "+COPY x y", "+COPY p q"}));
}

TEST_F(ExcerptTest, AnInsertedLineLeavesTheNextOneAlone) {
  const SourceFile& text = file("FROM a\nCMD z\n");
  Finding finding = about(text, "CMD");
  finding.fix = Fix{"t", {{{7, 7}, "USER b\n"}}, FixSafety::kSafe};
  EXPECT_EQ(around(finding)->diff, (Lines{"@@ line 2 @@", "+USER b"}));
}

TEST_F(ExcerptTest, GivesNoEditAwayThatTouchesASecret) {
  const SourceFile& text = file("ENV PASSWORD hunter2\nCMD a\n");
  hide(text, "hunter2");
  Finding finding = about(text, "ENV");
  finding.fix = Fix{"t", {{{0, 20}, "ENV PASSWORD=hunter2"}}, FixSafety::kSafe};
  Excerpts excerpts(report_);
  EXPECT_TRUE(excerpts.edits_of(finding).empty());
  EXPECT_TRUE(excerpts.around(finding)->diff.empty());
}

TEST_F(ExcerptTest, AFixOfSeveralFilesNamesTheOthers) {
  const SourceFile& text = file("FROM a\nCOPY . .\n");
  const SourceFile other("sub/.dockerignore", ".git\n");
  Finding finding = about(text, "COPY");
  finding.fix = Fix{"t", {{{5, 5}, ".env\n", {}, &other}, {{7, 11}, "ADD"}}, FixSafety::kSafe};
  finding.fix->new_files = {{"sub/new", "a\nb\n"}};
  EXPECT_EQ(around(finding)->diff,
            (Lines{"@@ line 2 @@", "-COPY . .", "+ADD . .", "@@ sub/.dockerignore line 2 @@",
                   "+.env", "@@ sub/new new file @@", "+a", "+b"}));
  EXPECT_EQ(Excerpts(report_).edits_of(finding),
            (std::vector<TextEdit>{{{2, 1, 2, 5}, "ADD"},
                                   {{2, 1, 2, 1}, ".env\n", "sub/.dockerignore"},
                                   {{1, 1, 1, 1}, "a\nb\n", "sub/new", true}}));
}

TEST_F(ExcerptTest, ASecretInAnotherFileIsNotGivenAwayEither) {
  const SourceFile& text = file("FROM a\n");
  const SourceFile& other = file("TOKEN=hunter2\n");
  hide(other, "hunter2");
  Finding finding = about(text, "FROM");
  finding.fix = Fix{"t", {{{0, 13}, "", {}, &other}}, FixSafety::kSafe};
  EXPECT_TRUE(Excerpts(report_).edits_of(finding).empty());
  EXPECT_TRUE(around(finding)->diff.empty());
}

TEST_F(ExcerptTest, PlacesEditsByLineAndCodePoint) {
  const SourceFile& text = file("é x\n");
  Finding finding = about(text, "x");
  finding.fix = Fix{"t", {{span_of(text, "x"), "y"}}, FixSafety::kSafe};
  EXPECT_EQ(Excerpts(report_).edits_of(finding), (std::vector<TextEdit>{{{1, 3, 1, 4}, "y"}}));
}

}  // namespace
}  // namespace plimsoll::report
