#include "report/baseline.h"

#include <gtest/gtest.h>

#include "report/counts.h"

namespace plimsoll::report {
namespace {

Entry finding(std::string fingerprint, std::string path = "Dockerfile") {
  Entry entry{.rule = "r", .severity = Severity::kHigh, .message = "m"};
  entry.path = std::move(path);
  entry.fingerprint = std::move(fingerprint);
  return entry;
}

Document document(std::vector<Entry> findings) {
  Document document;
  document.findings = std::move(findings);
  return document;
}

Baseline baseline(const Document& document) {
  auto read = read_baseline(write_baseline(document), "b");
  EXPECT_TRUE(read) << read.error().to_line();
  return *read;
}

TEST(BaselineTest, TellsNewKnownAndFixedApart) {
  const Baseline before = baseline(document({finding("1"), finding("2")}));
  Document now = document({finding("2"), finding("3")});
  compare(before, now);
  EXPECT_EQ(now.findings[0].standing, Standing::kKnown);
  EXPECT_EQ(now.findings[1].standing, Standing::kNew);
  ASSERT_EQ(now.fixed.size(), 1U);
  EXPECT_EQ(now.fixed[0].fingerprint, "1");
  EXPECT_EQ(now.fixed[0].severity, Severity::kHigh);
  EXPECT_EQ(count(now).total, 1U);
  EXPECT_EQ(count(now).known, 1U);
}

Document with_vulnerabilities(const std::vector<std::string>& ids) {
  Document document;
  document.advisories_made = "2026-11-01";
  document.packages.push_back({.name = "p", .version = "1", .ecosystem = "npm"});
  for (const std::string& id : ids) document.vulnerabilities.push_back({.id = id});
  return document;
}

TEST(BaselineTest, KnowsVulnerabilities) {
  const Baseline before = baseline(with_vulnerabilities({"CVE-1", "CVE-2"}));
  Document now = with_vulnerabilities({"CVE-2", "CVE-3"});
  now.packages[0].version = "2";  // an upgrade that does not mend it
  compare(before, now);
  EXPECT_EQ(now.vulnerabilities[0].standing, Standing::kKnown);
  EXPECT_EQ(now.vulnerabilities[1].standing, Standing::kNew);
  ASSERT_EQ(now.fixed.size(), 1U);
  EXPECT_NE(now.fixed[0].message.find("CVE-1"), std::string::npos);
}

TEST(BaselineTest, WhatNobodyLookedForIsNotFixed) {
  const Baseline before = baseline(with_vulnerabilities({"CVE-1"}));
  Document unasked = document({});
  compare(before, unasked);
  EXPECT_TRUE(unasked.fixed.empty());
  Document by_halves = with_vulnerabilities({});
  by_halves.matches_left_out = 1;
  compare(before, by_halves);
  EXPECT_TRUE(by_halves.fixed.empty());
}

TEST(BaselineTest, ARunThatIsNotCompleteFixesNothing) {
  Document now = document({});
  now.incomplete.emplace_back();
  compare(baseline(document({finding("1")})), now);
  EXPECT_TRUE(now.fixed.empty());
}

TEST(BaselineTest, HoldsNoSuppressedFinding) {
  Document now = document({finding("1")});
  now.findings[0].suppressed = Suppression{};
  EXPECT_TRUE(baseline(now).findings.empty());
}

TEST(BaselineTest, IsSortedSoThatItsChangesRead) {
  EXPECT_EQ(write_baseline(document({finding("2", "b"), finding("1", "b"), finding("3", "a")})),
            write_baseline(document({finding("3", "a"), finding("1", "b"), finding("2", "b")})));
}

struct Case {
  const char* text;
  const char* want;
};

class WrongBaseline : public testing::TestWithParam<Case> {};

TEST_P(WrongBaseline, IsRefusedWithItsLine) {
  const auto read = read_baseline(GetParam().text, "b");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().to_line().rfind(GetParam().want, 0), 0U) << read.error().to_line();
}

INSTANTIATE_TEST_SUITE_P(
    Cases, WrongBaseline,
    testing::Values(Case{"", "b:1:1: no baseline"}, Case{"x", "b:1:1: not a line of JSON"},
                    Case{"{\"schema\":\"other\"}\n", "b:1:1: no baseline"},
                    Case{"{\"schema\":\"plimsoll/baseline@1\"}\n\n{\"rule\":\"a\"}\n",
                         "b:3:1: a finding needs"},
                    Case{"{\"schema\":\"plimsoll/baseline@1\"}\n[]\n", "b:2:1: a finding needs"}));

}  // namespace
}  // namespace plimsoll::report
