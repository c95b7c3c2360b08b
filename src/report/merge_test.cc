#include "report/merge.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace plimsoll::report {
namespace {

NamedDocument named(std::string name, int percent, std::size_t services) {
  NamedDocument one{std::move(name), {}};
  one.document.score = {.known = true,
                        .percent = percent,
                        .controls = {{Control::kIsolation, Status::kFail, 1, 1, 0}}};
  for (std::size_t i = 0; i < services; ++i) {
    one.document.subjects.push_back({one.name + std::to_string(i), "service", "s", "c"});
  }
  one.document.subjects.push_back({one.name + "#file", "compose", "c", "c"});
  Entry& finding = one.document.findings.emplace_back();
  finding.rule = "r";
  finding.fingerprint = "same";
  return one;
}

TEST(Merge, KeepsAFindingOnceAndWeighsTheScore) {
  const std::vector<NamedDocument> both{named("a", 100, 3), named("b", 20, 1)};
  const Document merged = merge(both);
  EXPECT_EQ(merged.findings.size(), 1U);
  EXPECT_EQ(merged.subjects.size(), 6U);
  EXPECT_EQ(merged.score.percent, 80);
  ASSERT_EQ(merged.score.controls.size(), 1U);
  EXPECT_EQ(merged.score.controls[0].passed, 2);
}

TEST(Merge, AScoreNobodyKnowsStaysUnknown) {
  NamedDocument one = named("a", 0, 0);
  one.document.score.known = false;
  EXPECT_FALSE(merge(std::vector<NamedDocument>{one}).score.known);
}

Package package(std::string name, std::string path) {
  return {.name = std::move(name), .version = "1.0", .ecosystem = "npm", .path = std::move(path)};
}

Vulnerability vulnerability(std::string id, std::size_t of, double priority) {
  return {.id = std::move(id), .package = of, .priority = priority};
}

/// With a vulnerability of its last package.
NamedDocument of_image(std::string name, std::string reference, std::string digest) {
  NamedDocument one{std::move(name), {.advisories_made = "2026-03-01"}};
  one.document.image =
      ImageSummary{.reference = std::move(reference), .digest = std::move(digest), .layers = {}};
  one.document.packages = {package("a", "srv/a.json"), package("b", "srv/b.json")};
  one.document.vulnerabilities = {vulnerability("CVE-1", 1, 50)};
  one.document.unjudged = {{"Julia", "no advisories", 3, false}};
  return one;
}

/// "CVE-1 b srv/b.json", a line each.
std::string vulnerabilities_in(const Document& document) {
  std::string text;
  for (const Vulnerability& each : document.vulnerabilities) {
    const Package& of = document.packages.at(each.package);
    text += each.id + ' ' + of.name + ' ' + of.path + '\n';
  }
  return text;
}

TEST(Merge, WhatCouldNotBeJudgedIsSaidOnce) {
  const Incomplete part{"read", "Dockerfile", "cannot be read", ""};
  const Incomplete other{"read", "compose.yaml", "cannot be read", ""};
  const Document merged = merge({NamedDocument{"a", {.incomplete = {part}}},
                                 NamedDocument{"b", {.incomplete = {part, other}}}});
  EXPECT_EQ(merged.incomplete.size(), 2U);
}

TEST(Merge, VulnerabilitiesStayWithTheirPackagesAndTheWorstComesFirst) {
  NamedDocument first{"a.json", {}};
  first.document.packages = {package("b", "a/lock"), package("c", "a/lock")};
  first.document.vulnerabilities = {vulnerability("CVE-1", 1, 20), vulnerability("CVE-9", 7, 90)};
  NamedDocument second{"b.json", {}};
  second.document.packages = {package("a", "b/lock"), package("c", "b/lock")};
  second.document.vulnerabilities = {vulnerability("CVE-2", 1, 80), vulnerability("CVE-1", 0, 20)};
  const Document merged = merge({first, second});
  EXPECT_EQ(merged.packages.size(), 4U);
  EXPECT_TRUE(std::is_sorted(merged.packages.begin(), merged.packages.end(),
                             [](const Package& a, const Package& b) { return a.name < b.name; }));
  EXPECT_EQ(vulnerabilities_in(merged), "CVE-2 c b/lock\nCVE-1 c a/lock\nCVE-1 a b/lock\n");
}

TEST(Merge, WhatTwoReportsOfOneImageHoldIsThereOnce) {
  const NamedDocument one = of_image("a.json", "app:1", "sha256:1");
  NamedDocument again = of_image("b.json", "app:latest", "sha256:1");
  again.document.image->waste = {{.id = "removed-later"}};
  again.document.vulnerabilities.push_back(vulnerability("CVE-2", 0, 60));
  again.document.advisories_made = "2026-02-01";
  const Document merged = merge({one, again});
  ASSERT_TRUE(merged.image);
  EXPECT_EQ(merged.image->waste.size(), 1U) << "what one of them leaves out";
  EXPECT_EQ(merged.packages.size(), 2U);
  EXPECT_EQ(vulnerabilities_in(merged), "CVE-2 a srv/a.json\nCVE-1 b srv/b.json\n");
  ASSERT_EQ(merged.unjudged.size(), 1U);
  EXPECT_EQ(merged.unjudged[0].packages, 3U);
  EXPECT_EQ(merged.advisories_made, "2026-02-01") << "no newer than the oldest";
}

TEST(Merge, TheImageStaysBesideAFolder) {
  const NamedDocument folder{"b.json", {.packages = {package("c", "lock")}}};
  const Document merged = merge({of_image("a.json", "app:1", "sha256:1"), folder});
  ASSERT_TRUE(merged.image);
  EXPECT_EQ(merged.image->reference, "app:1");
  EXPECT_EQ(vulnerabilities_in(merged), "CVE-1 b srv/b.json\n");
  EXPECT_EQ(merged.advisories_made, "2026-03-01");
}

TEST(Merge, PathsNameTheImageWhereThereAreSeveral) {
  const std::vector<NamedDocument> both{of_image("a.json", "app:1", "sha256:1"),
                                        of_image("b.json", "web:1", "sha256:2")};
  EXPECT_EQ(count_images(both), 2U);
  const Document merged = merge(both);
  EXPECT_FALSE(merged.image);
  EXPECT_EQ(merged.packages.size(), 4U);
  EXPECT_EQ(vulnerabilities_in(merged), "CVE-1 b app:1:srv/b.json\nCVE-1 b web:1:srv/b.json\n");
  ASSERT_EQ(merged.unjudged.size(), 1U);
  EXPECT_EQ(merged.unjudged[0].packages, 6U);
}

TEST(Merge, PathsNameTheReportWhereImagesShareAReference) {
  const Document merged =
      merge({of_image("old.json", "app:1", "sha256:1"), of_image("new.json", "app:1", "sha256:2"),
             of_image("same.json", "app:1", "sha256:2")});
  EXPECT_EQ(vulnerabilities_in(merged),
            "CVE-1 b old.json:srv/b.json\nCVE-1 b new.json:srv/b.json\n");
}

TEST(Merge, AsFindingsVulnerabilitiesAreOfTheirOwnImage) {
  const Document merged =
      merge({of_image("a.json", "app:1", "sha256:1"), of_image("b.json", "web:1", "sha256:2")},
            {.vulnerabilities_as_findings = true});
  ASSERT_EQ(merged.findings.size(), 2U);
  EXPECT_EQ(merged.findings[0].subject, "app:1");
  EXPECT_EQ(merged.findings[1].subject, "web:1");
  EXPECT_EQ(merged.findings[1].path, "web:1:srv/b.json");
}

TEST(Merge, ALockFileOfTwoReportsIsOneWithTheInstallsOfBoth) {
  const LockInstall a{.path = "Dockerfile.a", .line = 3};
  const LockInstall b{.path = "Dockerfile.b", .line = 2};
  const auto with = [](std::vector<LockInstall> installs) {
    return NamedDocument{
        "x", {.lock_files = {{.path = "lock", .packages = 2, .installs = std::move(installs)}}}};
  };
  const Document merged = merge({with({b}), with({a, b})});
  ASSERT_EQ(merged.lock_files.size(), 1U);
  EXPECT_EQ(merged.lock_files[0].installs, (std::vector<LockInstall>{a, b}));
  EXPECT_EQ(merged.lock_files[0].packages, 2U);
}

TEST(Trend, IsALinePerReport) {
  EXPECT_EQ(trend_table(std::vector<NamedDocument>{named("a.json", 100, 1), named("b.json", 7, 1)}),
            "report    score  findings  critical      high    medium       low\n"
            "a.json    100 %         1         0         0         0         1\n"
            "b.json      7 %         1         0         0         0         1\n");
}

}  // namespace
}  // namespace plimsoll::report
