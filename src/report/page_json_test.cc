#include "report/page_json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace plimsoll::report {
namespace {

using Json = nlohmann::ordered_json;

Package package(const std::string& name, const std::string& layer = {}) {
  Package made;
  made.name = name;
  made.version = "1";
  made.ecosystem = "Debian";
  made.path = "var/lib/dpkg/status";
  made.layer = layer;
  return made;
}

Vulnerability vulnerability(const std::string& id, std::size_t package) {
  Vulnerability made;
  made.id = id;
  made.package = package;
  made.status = "fixed";
  made.priority = 12.5;
  return made;
}

Json written(Document document) {
  return Json::parse(page_json({"app.json", std::move(document)}), nullptr, false);
}

/// The texts that a list of numbers stands for.
std::vector<std::string> texts(const Json& entry, const Json& numbers) {
  std::vector<std::string> list;
  for (const Json& each : numbers) list.push_back(entry["texts"][each.get<std::size_t>()]);
  return list;
}

TEST(PageJson, AVulnerabilityNamesItsPackageByNumber) {
  Document document{.version = "1"};
  document.packages = {package("a"), package("b")};
  document.vulnerabilities = {vulnerability("CVE-1", 1)};
  document.vulnerabilities[0].severity = Severity::kHigh;
  const Json entry = written(document);
  EXPECT_EQ(entry["name"], "app.json");
  EXPECT_EQ(entry["packages"][1]["name"], "b");
  const Json& one = entry["vulnerabilities"][0];
  EXPECT_EQ(one["id"], "CVE-1");
  EXPECT_EQ(one["package"], 1);
  EXPECT_EQ(one["severity"], "high");
  EXPECT_EQ(one["priority"], 12.5);
  EXPECT_EQ(entry["texts"][one["tier"].get<std::size_t>()], "present");
}

TEST(PageJson, TheReportHasThemOnceOnly) {
  Document document{.version = "1"};
  document.packages = {package("a")};
  document.vulnerabilities = {vulnerability("CVE-1", 0)};
  document.advisories_made = "2026-11-22";
  const Json report = written(document)["report"];
  EXPECT_EQ(report["schema"], "plimsoll/report@1");
  EXPECT_TRUE(report["packages"].empty());
  EXPECT_TRUE(report["vulnerabilities"].empty());
  EXPECT_EQ(report["advisories_made"], "2026-11-22");
}

TEST(PageJson, WhatIsEmptyIsLeftOut) {
  Document document{.version = "1"};
  document.packages = {package("a")};
  document.vulnerabilities = {vulnerability("CVE-1", 0)};
  const Json entry = written(document);
  for (const char* key : {"severity", "kev", "epss", "cvss", "details", "references", "suppressed",
                          "fixed", "upgrade", "aliases"}) {
    EXPECT_FALSE(entry["vulnerabilities"][0].contains(key)) << key;
  }
  for (const char* key : {"purl", "layer", "source_name", "licenses", "dev", "owner"}) {
    EXPECT_FALSE(entry["packages"][0].contains(key)) << key;
  }
}

TEST(PageJson, ATextThatOccursTwiceIsThereOnce) {
  Document document{.version = "1"};
  document.packages = {package("a"), package("b")};
  document.vulnerabilities = {vulnerability("CVE-1", 0), vulnerability("CVE-1", 1)};
  for (Vulnerability& each : document.vulnerabilities) {
    each.details = "reads past the end";
    each.why = {"before 2", "a is built from c"};
  }
  const Json entry = written(document);
  const Json& list = entry["vulnerabilities"];
  EXPECT_EQ(list[0]["details"], list[1]["details"]);
  EXPECT_EQ(texts(entry, list[1]["why"]),
            (std::vector<std::string>{"before 2", "a is built from c"}));
  EXPECT_EQ(std::count(entry["texts"].begin(), entry["texts"].end(), "reads past the end"), 1);
}

TEST(PageJson, ALayerIsItsNumber) {
  Document document{.version = "1"};
  document.image = ImageSummary{.reference = "app"};
  document.image->layers = {{.diff_id = "sha256:1"}, {.diff_id = "sha256:2"}};
  document.packages = {package("a", "sha256:2"), package("b", "sha256:3")};
  const Json packages = written(document)["packages"];
  EXPECT_EQ(packages[0]["layer"], 1);
  EXPECT_FALSE(packages[1].contains("layer")) << "of no layer that is there";
}

TEST(PageJson, LongDetailsAreShortenedAtACharacter) {
  Document document{.version = "1"};
  document.packages = {package("a")};
  document.vulnerabilities = {vulnerability("CVE-1", 0)};
  std::string details = "x";
  while (details.size() < 5000) details += "é";  // two bytes each: an odd limit would cut one
  document.vulnerabilities[0].details = details;
  const Json entry = written(document);
  const std::string kept =
      entry["texts"][entry["vulnerabilities"][0]["details"].get<std::size_t>()];
  EXPECT_LT(kept.size(), 800U);
  EXPECT_TRUE(kept.ends_with("é …")) << kept;
}

TEST(PageJson, OfWhatNothingRunsOnlyTheFactsAreThere) {
  Document document{.version = "1"};
  document.packages = {package("linux-libc-dev")};
  document.vulnerabilities = {vulnerability("CVE-1", 0)};
  Vulnerability& one = document.vulnerabilities[0];
  one.tier = "not-in-execute-path";
  one.title = "a race";
  one.details = "some paragraphs";
  one.references = {"https://example.org"};
  const Json told = written(document)["vulnerabilities"][0];
  EXPECT_TRUE(told.contains("title"));
  EXPECT_FALSE(told.contains("details"));
  EXPECT_FALSE(told.contains("references"));
}

TEST(PageJson, ASuppressionSaysWhoAndWhy) {
  Document document{.version = "1"};
  document.packages = {package("a")};
  document.vulnerabilities = {vulnerability("CVE-1", 0)};
  document.vulnerabilities[0].suppressed = Suppression{"app.openvex.json", "not loaded", ""};
  const Json entry = written(document);
  const Json& by = entry["vulnerabilities"][0]["suppressed"];
  EXPECT_EQ(entry["texts"][by["by"].get<std::size_t>()], "app.openvex.json");
  EXPECT_EQ(entry["texts"][by["reason"].get<std::size_t>()], "not loaded");
  EXPECT_FALSE(by.contains("until"));
}

TEST(PageJson, BytesThatAreNoTextBecomeText) {
  Document document{.version = "1"};
  document.packages = {package("a\xFF")};
  document.vulnerabilities = {vulnerability("CVE-\xC3", 0), vulnerability("CVE-2", 7)};
  document.vulnerabilities[0].details = std::string(3000, '\xE2');
  const Json entry = written(document);
  ASSERT_TRUE(entry.is_object());
  EXPECT_EQ(entry["vulnerabilities"].size(), 1U) << "one of no package that is there is left out";
}

}  // namespace
}  // namespace plimsoll::report
