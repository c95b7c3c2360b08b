#include "scan/finish.h"

#include <gtest/gtest.h>

namespace plimsoll::scan {
namespace {

Finding finding(const SourceFile& file, Span span, std::string subject, bool absence = false) {
  Finding finding;
  finding.rule = "some-rule";
  finding.message = "something";
  finding.file = &file;
  finding.span = span;
  finding.subject = std::move(subject);
  finding.absence = absence;
  return finding;
}

TEST(Merge, OnePlaceIsOneFinding) {
  const SourceFile file("a", "line one\nline two\n");
  const auto merged = merge({finding(file, {0, 4}, "x"), finding(file, {0, 4}, "y")});
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_EQ(merged[0].subject, "x");
  EXPECT_EQ(merged[0].also, std::vector<std::string>{"y"});
}

TEST(Merge, OtherPlacesStayApart) {
  const SourceFile file("a", "line one\nline two\n");
  EXPECT_EQ(merge({finding(file, {0, 4}, "x"), finding(file, {9, 13}, "x")}).size(), 2U);
}

TEST(Merge, AbsencesOfAFileAreOneFinding) {
  const SourceFile file("a", "line one\nline two\n");
  const SourceFile other("b", "line one\n");
  const auto merged = merge({finding(file, {0, 4}, "x", true), finding(file, {9, 13}, "y", true),
                             finding(other, {0, 4}, "z", true)});
  ASSERT_EQ(merged.size(), 2U);
  EXPECT_EQ(merged[0].also, std::vector<std::string>{"y"});
}

TEST(Merge, KeepsTheFixesOfAllItMerges) {
  const SourceFile file("a", "line one\nline two\n");
  Finding first = finding(file, {0, 4}, "x", true);
  first.fix = Fix{"add it", {{{4, 4}, "!"}}, FixSafety::kSafe};
  Finding second = finding(file, {9, 13}, "y", true);
  second.fix = Fix{"add it", {{{13, 13}, "!"}}, FixSafety::kSafe};
  const auto merged = merge({first, second});
  ASSERT_TRUE(merged[0].fix);
  EXPECT_EQ(merged[0].fix->edits.size(), 2U);
}

TEST(Merge, SaysMoreOfWhatIsAlone) {
  const SourceFile file("a", "line one\nline two\n");
  Finding one = finding(file, {0, 4}, "x", true);
  one.alone = "x is so because";
  EXPECT_EQ(merge({one})[0].message, "x is so because");
  Finding same = finding(file, {9, 13}, "y", true);
  same.alone = one.alone;
  EXPECT_EQ(merge({one, same})[0].message, "x is so because");
}

TEST(Merge, KeepsWhatDiffersAsEvidenceBySubject) {
  const SourceFile file("a", "line one\nline two\n");
  Finding one = finding(file, {0, 4}, "x", true);
  one.alone = "because of this";
  Finding other = finding(file, {9, 13}, "y", true);
  other.alone = "because of that";
  const auto merged = merge({one, other});
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_EQ(merged[0].message, "something");
  EXPECT_EQ(merged[0].evidence,
            (std::vector<Fact>{{"x", "because of this"}, {"y", "because of that"}}));
}

TEST(Merge, NeverOffersHalfAFix) {
  const SourceFile file("a", "line one\nline two\n");
  Finding first = finding(file, {0, 4}, "x", true);
  first.fix = Fix{"add it", {{{4, 4}, "!"}}, FixSafety::kSafe};
  EXPECT_FALSE(merge({first, finding(file, {9, 13}, "y", true)})[0].fix);
}

TEST(Merge, SuppressedFindingsStayApart) {
  const SourceFile file("a", "line one\nline two\n");
  Finding suppressed = finding(file, {0, 4}, "x", true);
  suppressed.suppressed = Suppression{"plimsoll", "", ""};
  EXPECT_EQ(merge({suppressed, finding(file, {9, 13}, "y", true)}).size(), 2U);
}

TEST(Merge, SortsByFilePlaceAndRule) {
  const SourceFile a("a", "line one\nline two\n");
  const SourceFile b("b", "line one\n");
  Finding other = finding(a, {0, 4}, "x");
  other.rule = "another-rule";
  const auto merged =
      merge({finding(b, {0, 4}, "1"), finding(a, {9, 13}, "2"), finding(a, {0, 4}, "3"), other});
  ASSERT_EQ(merged.size(), 4U);
  EXPECT_EQ(merged[0].rule, "another-rule");
  EXPECT_EQ(merged[1].subject, "3");
  EXPECT_EQ(merged[2].subject, "2");
  EXPECT_EQ(merged[3].subject, "1");
}

TEST(Merge, NamesEachSubjectOnce) {
  const SourceFile file("a", "line one\n");
  Finding first = finding(file, {0, 4}, "x");
  first.also = {"y", "x", "y"};
  const auto merged = merge({first, finding(file, {0, 4}, "y"), finding(file, {0, 4}, "z")});
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_EQ(merged[0].also, (std::vector<std::string>{"y", "z"}));
}

TEST(Merge, WithoutAFileTheSubjectTellsThemApart) {
  Finding one;
  one.subject = "x";
  Finding two;
  two.subject = "y";
  EXPECT_EQ(merge({one, two, one}).size(), 2U);
}

std::string fingerprint_of(const std::string& text, std::uint32_t at) {
  const SourceFile file("a", text);
  std::vector<Finding> findings{finding(file, {at, at + 1}, "x")};
  fingerprint(findings);
  return findings[0].fingerprint;
}

TEST(Fingerprint, SurvivesLinesAboveAndIndentation) {
  EXPECT_EQ(fingerprint_of("USER root\n", 0), fingerprint_of("FROM a\n\n  USER   root\n", 10));
}

TEST(Fingerprint, IsTheSameInEveryVersionAndOnEveryMachine) {
  // Baselines of users hold it: a change here breaks them.
  EXPECT_EQ(fingerprint_of("USER root\n", 0), "c2dcf3a3de0f853dafc1c97c209095dd");
}

TEST(Fingerprint, IsOfTheStartOfALineOfMegabytes) {
  const std::string line(10'000, 'x');
  EXPECT_EQ(fingerprint_of(line + "1", 0), fingerprint_of(line + "2", 0));
}

TEST(Fingerprint, ChangesWithTheLine) {
  EXPECT_NE(fingerprint_of("USER root\n", 0), fingerprint_of("USER 0\n", 0));
}

TEST(Fingerprint, TellsEqualLinesApart) {
  const SourceFile file("a", "RUN x\nRUN x\n");
  std::vector<Finding> findings{finding(file, {0, 1}, "x"), finding(file, {6, 7}, "x")};
  fingerprint(findings);
  EXPECT_NE(findings[0].fingerprint, findings[1].fingerprint);
}

}  // namespace
}  // namespace plimsoll::scan
