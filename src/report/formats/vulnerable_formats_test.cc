#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/format.h"
#include "report/trivy_target.h"
#include "report/upgrades.h"

namespace plimsoll::report {
namespace {

using Json = nlohmann::ordered_json;

Package package(std::string name, std::string ecosystem, std::string purl, std::string path) {
  Package made;
  made.name = std::move(name);
  made.version = "1";
  made.ecosystem = std::move(ecosystem);
  made.purl = std::move(purl);
  made.path = std::move(path);
  return made;
}

/// Two packages of a distribution, one of npm; CVE-1 in the first two, CVE-2 in the third.
Document sample() {
  Document document{.version = "1"};
  document.image = ImageSummary{.reference = "app:1", .os = "rhel 9.2"};
  document.packages = {package("a", "Red Hat", "pkg:rpm/redhat/a@1", "var/lib/rpm/rpmdb.sqlite"),
                       package("b", "Red Hat", "pkg:rpm/redhat/b@1", "var/lib/rpm/rpmdb.sqlite"),
                       package("c", "npm", "pkg:npm/c@1", "x/node_modules/c/package.json")};
  document.advisories_made = "2026-03-01";
  for (const std::size_t each : {0U, 1U, 2U}) {
    Vulnerability& made = document.vulnerabilities.emplace_back();
    made.id = each == 2 ? "CVE-2" : "CVE-1";
    made.package = each;
    made.severity = each == 2 ? Severity::kLow : Severity::kHigh;
    made.upgrade = made.fixed = "2";
    made.status = "fixed";
  }
  return document;
}

std::string text(const char* format, const Document& document) {
  return find_format(format)->render(document, {});
}

Json json(const char* format, const Document& document) {
  return Json::parse(text(format, document));
}

Json sarif(const Document& document) {
  return json("sarif", document)["runs"][0];
}

TEST(Sarif, HasARuleForEachVulnerabilityAndAResultForEachPackage) {
  const Json run = sarif(sample());
  const Json& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0]["id"], "CVE-1");
  EXPECT_EQ(rules[0]["name"], "OsPackageVulnerability");
  EXPECT_EQ(rules[1]["name"], "LanguageSpecificPackageVulnerability");
  ASSERT_EQ(run["results"].size(), 3U);
  for (const Json& result : run["results"]) {
    EXPECT_EQ(rules[result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
  }
}

TEST(Sarif, IsTheSameForOnePackageWhateverElseIsThere) {
  Document document = sample();
  const Json before = sarif(document)["results"][2]["partialFingerprints"];
  document.packages.erase(document.packages.begin());
  document.vulnerabilities.erase(document.vulnerabilities.begin());
  for (Vulnerability& each : document.vulnerabilities) --each.package;
  EXPECT_EQ(sarif(document)["results"][1]["partialFingerprints"], before);
}

TEST(Sarif, AScoreDoesNotOutrankTheWordOfTheDistribution) {
  Document document = sample();
  const auto score = [&document] {
    return sarif(document)["tool"]["driver"]["rules"][0]["properties"]["security-severity"];
  };
  for (Vulnerability& each : document.vulnerabilities) each.cvss = 9.8;
  EXPECT_EQ(score(), "8.0");
  for (Vulnerability& each : document.vulnerabilities) each.cvss = 7.1;
  EXPECT_EQ(score(), "7.1");
}

TEST(Sarif, SaysWhatItLeavesOut) {
  Document document = sample();
  document.vulnerabilities.resize(25'001, document.vulnerabilities.back());
  const Json run = sarif(document);
  EXPECT_EQ(run["results"].size(), 25'000U);
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], false);
}

TEST(CycloneDx, HasAnEntryForEachVulnerabilityOfTheComponentsThatHaveIt) {
  const Json entries = json("cyclonedx", sample())["vulnerabilities"];
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0]["affects"].size(), 2U);
  EXPECT_EQ(entries[0]["affects"][1]["ref"], "pkg:rpm/redhat/b@1");
  EXPECT_EQ(entries[0]["recommendation"], "Upgrade a from 1 to 2\nUpgrade b from 1 to 2");
}

TEST(CycloneDx, SaysNothingOfVulnerabilitiesWhileNobodyAsked) {
  Document document = sample();
  document.vulnerabilities.clear();
  for (const char* format : {"cyclonedx", "cyclonedx-1.5"}) {
    EXPECT_EQ(json(format, document)["vulnerabilities"], Json::array()) << "asked, none is known";
  }
  document.advisories_made.clear();
  for (const char* format : {"cyclonedx", "cyclonedx-1.5", "cyclonedx-xml"}) {
    EXPECT_EQ(text(format, document).find("vulnerabilities"), std::string::npos) << format;
  }
}

TEST(CycloneDx, OneSilencedPackageDoesNotSilenceTheOther) {
  Document document = sample();
  document.vulnerabilities[0].suppressed =
      Suppression{"v", "not_affected: component_not_present", {}};
  Json entry = json("cyclonedx", document)["vulnerabilities"][0];
  EXPECT_FALSE(entry.contains("analysis"));
  EXPECT_EQ(entry["affects"][0]["versions"][0]["status"], "unaffected");
  EXPECT_EQ(entry["affects"][1]["versions"][0]["status"], "affected");
  document.vulnerabilities[1].suppressed = document.vulnerabilities[0].suppressed;
  entry = json("cyclonedx", document)["vulnerabilities"][0];
  EXPECT_EQ(entry["analysis"]["state"], "not_affected");
  EXPECT_EQ(entry["analysis"]["justification"], "code_not_present");
  document.vulnerabilities[1].suppressed = Suppression{".trivyignore:1", "accepted", {}};
  EXPECT_FALSE(json("cyclonedx", document)["vulnerabilities"][0]["analysis"].contains("state"))
      << "to accept it is not to be without it";
}

TEST(CycloneDx, ItsIdIsOfItsVulnerabilitiesToo) {
  Document document = sample();
  const Json before = json("cyclonedx", document)["serialNumber"];
  EXPECT_EQ(json("cyclonedx", document)["serialNumber"], before);
  document.vulnerabilities.pop_back();
  EXPECT_NE(json("cyclonedx", document)["serialNumber"], before);
}

TEST(Trivy, GroupsAsTrivyDoes) {
  const Json results = json("trivy-json", sample())["Results"];
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0]["Target"], "app:1 (redhat 9.2)");
  EXPECT_EQ(results[0]["Class"], "os-pkgs");
  EXPECT_EQ(results[0]["Type"], "redhat");
  EXPECT_EQ(results[0]["Vulnerabilities"].size(), 2U);
  EXPECT_EQ(results[1]["Target"], "Node.js");
  EXPECT_EQ(results[1]["Vulnerabilities"][0]["PkgPath"], "x/node_modules/c/package.json");
  EXPECT_EQ(results[1]["Vulnerabilities"][0]["Severity"], "LOW");
}

TEST(Trivy, NamesTargetsAsTrivyDoes) {
  const Document document = sample();
  struct Case {
    const char* ecosystem;
    const char* path;
    const char* name;
    const char* type;
  };
  const Case cases[] = {
      {"npm", "a/yarn.lock", "a/yarn.lock", "yarn"},
      {"npm", "", "Node.js", "node-pkg"},
      {"PyPI", "x.dist-info/METADATA", "Python", "python-pkg"},
      {"PyPI", "uv.lock", "uv.lock", "uv"},
      {"Maven", "app.jar", "Java", "jar"},
      {"Maven", "pom.xml", "pom.xml", "pom"},
      {"Go", "usr/bin/app", "usr/bin/app", "gobinary"},
      {"Go", "go.mod", "go.mod", "gomod"},
      {"crates.io", "usr/bin/app", "usr/bin/app", "rustbinary"},
      {"RubyGems", "x.gemspec", "Ruby", "gemspec"},
      {"Elsewhere", "x", "x", ""},
  };
  for (const Case& each : cases) {
    const TrivyTarget target =
        trivy_target_of(document, package("p", each.ecosystem, "", each.path));
    EXPECT_EQ(target.name, each.name) << each.ecosystem << each.path;
    EXPECT_EQ(target.type, each.type) << each.ecosystem << each.path;
    EXPECT_FALSE(target.is_of_os);
  }
}

TEST(Trivy, TellsOfRulesAndOfSecretsMasked) {
  Document document{.version = "1"};
  Entry& rule = document.findings.emplace_back();
  rule.rule = "some-rule";
  rule.severity = Severity::kHigh;
  rule.path = "Dockerfile";
  rule.region = {3, 1, 4, 1};
  Entry& secret = document.findings.emplace_back();
  secret.rule = "aws-key";
  secret.path = "Dockerfile";
  secret.evidence = {{"detector", "aws-key"}, {"value", "AKIA…"}};
  const Json results = json("trivy-json", document)["Results"];
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0]["Class"], "config");
  EXPECT_EQ(results[0]["Misconfigurations"][0]["CauseMetadata"]["StartLine"], 3);
  EXPECT_EQ(results[1]["Class"], "secret");
  EXPECT_EQ(results[1]["Secrets"][0]["Match"], "AKIA…");
}

TEST(Junit, PackagesThatNothingIsKnownOfPassNoTest) {
  Document document = sample();
  document.vulnerabilities.clear();
  EXPECT_NE(text("junit", document).find("no known vulnerability in 2 packages"),
            std::string::npos);
  document.unjudged = {{"Red Hat:9", "nothing is known", 2, true}, {"npm", "nothing", 1, false}};
  const std::string unjudged = text("junit", document);
  EXPECT_EQ(unjudged.find("no known vulnerability"), std::string::npos) << unjudged;
  EXPECT_NE(unjudged.find("<skipped message=\"nothing\"/>"), std::string::npos) << unjudged;
}

TEST(Csv, HasColumnsForVulnerabilitiesOnlyWhereTheyWereAskedFor) {
  Document document = sample();
  EXPECT_NE(text("csv", document).find(",standing,vulnerability,"), std::string::npos);
  document.advisories_made.clear();
  document.vulnerabilities.clear();
  EXPECT_EQ(text("csv", document).find("vulnerability,"), std::string::npos);
}

TEST(Markdown, FitsACommentWhateverIsFound) {
  Document document = sample();
  for (std::size_t i = 0; i < 3000; ++i) {
    document.packages.push_back(package("p" + std::to_string(i), "npm", "", std::string(300, 'x')));
    Vulnerability& made = document.vulnerabilities.emplace_back();
    made.id = "CVE-3-" + std::to_string(i);
    made.package = document.packages.size() - 1;
    if (i % 2 == 0) made.upgrade = "2";
  }
  const std::string markdown = text("markdown", document);
  EXPECT_LT(markdown.size(), 65'536U);
  EXPECT_NE(markdown.find("more are not shown here"), std::string::npos);
}

TEST(Upgrades, WhatIsExploitedComesFirstAndAnIdCountsOnce) {
  Document document = sample();
  document.packages[0].source_name = document.packages[1].source_name = "s";
  document.vulnerabilities[2].is_exploited = true;
  document.vulnerabilities[2].priority = 95;
  const auto upgrades = upgrades_of(document);
  ASSERT_EQ(upgrades.size(), 2U);
  EXPECT_EQ(upgrades[0].name, "c");
  EXPECT_TRUE(upgrades[0].is_exploited());
  EXPECT_EQ(upgrades[1].vulnerabilities.size(), 1U);
}

TEST(GitLabContainerScanning, SaysWhatItHasNoPlaceFor) {
  Document document = sample();
  document.vulnerabilities[0].suppressed = Suppression{"v", "", ""};
  document.findings.emplace_back().rule = "some-rule";
  document.incomplete.push_back({.stage = "read", .path = "a", .limit = "broken"});
  const Json report = json("gitlab-container-scanning", document);
  EXPECT_EQ(report["vulnerabilities"].size(), 2U);
  EXPECT_EQ(report["scan"]["status"], "failure");
  EXPECT_EQ(report["scan"]["start_time"], "2026-03-01T00:00:00");
  const std::string messages = report["scan"]["messages"].dump();
  for (const char* said : {"1 vulnerability suppressed", "a: broken", "1 finding of rules"}) {
    EXPECT_NE(messages.find(said), std::string::npos) << said << messages;
  }
}

TEST(GitLabContainerScanning, OnlyWhatTheSchemaTakesIsAVector) {
  Document document = sample();
  const auto has_vector = [&document](const char* vector) {
    document.vulnerabilities[0].cvss_vector = vector;
    return json("gitlab-container-scanning", document)["vulnerabilities"][0].contains(
        "cvss_vectors");
  };
  EXPECT_TRUE(has_vector("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"));
  EXPECT_FALSE(has_vector("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X"));
  EXPECT_FALSE(has_vector("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"));
  EXPECT_FALSE(has_vector("CVSS:3.1/"));
}

}  // namespace
}  // namespace plimsoll::report
