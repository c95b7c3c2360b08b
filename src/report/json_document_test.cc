#include "report/json_document.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace plimsoll::report {
namespace {

constexpr RuleInfo kRule{.slug = "a-rule", .title = "A rule"};

const RuleInfo* find_rule(std::string_view slug) {
  return slug == kRule.slug ? &kRule : nullptr;
}

Document full() {
  Document document{.version = "1.2.3"};
  document.incomplete = {{"read", "p", "why", "3", false}};
  document.left_out = {{"plimsoll.yaml:1:11", "vendor", 7}};
  document.subjects = {{"c#db", "service", "db", "c"}, {"c#web", "service", "web", "c"}};
  document.score = {.known = true, .percent = 40};
  for (const ControlInfo& info : controls()) {
    document.score.controls.push_back({info.control, Status::kFail, 1, 2, 3});
  }
  Entry& finding = document.findings.emplace_back();
  finding.rule = "a-rule";
  finding.severity = Severity::kCritical;
  finding.control = Control::kIsolation;
  finding.subject = "c#web";
  finding.message = "says \"so\" \xC3\xA9";
  finding.path = "c";
  finding.region = {3, 1, 4, 2};
  finding.fix = Remedy{
      "do it", FixSafety::kUnsafe, {{{3, 1, 3, 4}, "x\n"}, {{1, 1, 1, 1}, "y", "new", true}}};
  finding.fingerprint = "ff";
  finding.suppressed = Suppression{"hadolint", "known", "2027-01-01"};
  finding.evidence = {{"user", "root"}};
  finding.also = {"c#db"};
  finding.excerpt = Excerpt{2, {"a", "b"}, {"@@ line 3 @@", "-a", "+b"}, "00:1"};
  document.findings.emplace_back().rule = "of-another-version";
  document.packages = {{.name = "six", .version = "1", .owner = "python3-six"}, {.name = "b"}};
  document.image = ImageSummary{.reference = "app:1", .unreachable_bytes = 7};
  return document;
}

TEST(JsonDocument, IsReadAsItWasWritten) {
  for (const bool with_source : {false, true}) {
    const std::string text = to_json(full(), with_source);
    const auto read = from_json(text, find_rule);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(to_json(*read, with_source), text);
    EXPECT_EQ(read->findings[0].excerpt.has_value(), with_source);
    EXPECT_EQ(read->packages[0].owner, "python3-six");
    EXPECT_EQ(read->packages[1].owner, "");
    ASSERT_TRUE(read->image);
    EXPECT_EQ(read->image->unreachable_bytes, 7U);
    EXPECT_EQ(read->rule("a-rule"), &kRule);
    EXPECT_EQ(read->rule("of-another-version"), nullptr);
  }
}

/// A report of packages b and a, both at one path, and a vulnerability of the second.
Document of_two_packages() {
  Document document;
  document.packages = {{.name = "b", .path = "lock"}, {.name = "a", .path = "lock"}};
  document.vulnerabilities.push_back({.id = "CVE-1", .package = 1});
  return document;
}

TEST(JsonDocument, AVulnerabilityFindsItsPackageInAListThatWasFiltered) {
  auto json = nlohmann::ordered_json::parse(to_json(of_two_packages(), false));
  EXPECT_EQ(json["vulnerabilities"][0]["package_index"], 1);
  json["packages"].erase(0);
  const auto filtered = from_json(json.dump(), find_rule);
  ASSERT_TRUE(filtered) << filtered.error().message;
  EXPECT_EQ(filtered->vulnerabilities.at(0).package, 0U);
  json["packages"].insert(json["packages"].begin(), json["packages"][0]);
  json["packages"][0]["name"] = "other";
  json["vulnerabilities"][0]["package_index"] = 0;  // which is another one by now
  const auto moved = from_json(json.dump(), find_rule);
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ(moved->vulnerabilities.at(0).package, 1U);
  json["packages"] = nlohmann::ordered_json::array();
  EXPECT_FALSE(from_json(json.dump(), find_rule));
}

TEST(JsonDocument, APackageThatOlderVersionsWroteIsFoundByItsName) {
  auto json = nlohmann::ordered_json::parse(to_json(of_two_packages(), false));
  json["vulnerabilities"][0].erase("package_index");
  const auto read = from_json(json.dump(), find_rule);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->vulnerabilities.at(0).package, 1U);
}

TEST(JsonDocument, WhatIsNoTextEndsNoReport) {
  Document document = of_two_packages();
  document.packages[1].name = "\xFF";
  document.advisories_made = "\xFF";
  const auto read = from_json(to_json(document, false), find_rule);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->packages[1].name, "\xEF\xBF\xBD");
  EXPECT_EQ(read->vulnerabilities.at(0).package, 1U);
}

TEST(JsonDocument, KeepsEveryFactOfOneName) {
  Document document = full();
  const std::vector<Fact> facts{{"user", "root"}, {"image", "a:b"}, {"user", "0"}, {"user", "1"}};
  document.findings[0].evidence = facts;
  const std::string text = to_json(document, false);
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json["findings"][0]["evidence"]["user"], (nlohmann::json{"root", "0", "1"}));
  EXPECT_EQ(json["findings"][0]["evidence"]["image"], "a:b");
  const auto read = from_json(text, find_rule);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->findings[0].evidence,
            (std::vector<Fact>{{"user", "root"}, {"user", "0"}, {"user", "1"}, {"image", "a:b"}}));
  EXPECT_EQ(to_json(*read, false), text);
}

TEST(JsonDocument, TakesKeysOfLaterVersions) {
  std::string text = to_json(full(), false);
  text.insert(1, "\"later\": [1],");
  EXPECT_TRUE(from_json(text, find_rule));
}

struct Case {
  const char* from;
  const char* to;
  const char* want;
};

class WrongReport : public testing::TestWithParam<Case> {};

TEST_P(WrongReport, IsRefusedByName) {
  std::string text = to_json(full(), true);
  const std::string from = GetParam().from;
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, from.size(), GetParam().to);
  const auto read = from_json(text, find_rule);
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find(GetParam().want), std::string::npos) << read.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, WrongReport,
    testing::Values(Case{"{", "[", "not JSON"}, Case{"report@1", "report@9", "report@9"},
                    Case{"\"findings\"", "\"found\"", "'findings'"},
                    Case{"\"critical\"", "\"awful\"", "'awful' is no severity"},
                    Case{"\"isolation\",\n      \"subject\"", "\"x\",\n      \"subject\"",
                         "'x' is no control"},
                    Case{"\"ff\"", "7", "'fingerprint'"}));

TEST(JsonDocument, NothingButAReportIsOne) {
  for (const char* text : {"", "[]", "null", "7", "{}", "{\"schema\": 1}"}) {
    EXPECT_FALSE(from_json(text, find_rule)) << text;
  }
}

}  // namespace
}  // namespace plimsoll::report
