// Secrets as people look for them: the executable, real files, every format.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "process.h"

namespace plimsoll::test {
namespace {

using Json = nlohmann::json;

/// In two halves, so that no scanner stops at this file.
const std::string kValue = std::string("Zk39dLq0") + "PvXw77Bt";
const std::string kKey = std::string("AKIA") + "J2S4ZK7QWERTY6PL";

TEST(Secrets, NoFormatShowsAValue) {
  const Folder folder;
  folder.write("app.conf", "id = " + kKey + "\napi_token = \"" + kValue + "\"\n");
  for (const char* format :
       {"table", "json", "sarif", "junit", "markdown", "github", "gitlab", "csv"}) {
    const Outcome outcome = plimsoll({"secrets", "--verbose", "--format", format, folder.path()});
    EXPECT_EQ(outcome.status, 1) << format << outcome.err;
    EXPECT_NE(outcome.out.find("aws-access-key-id"), std::string::npos) << format;
    for (const std::string& value : {kKey, kValue}) {
      EXPECT_EQ(outcome.out.find(value.substr(0, 6)), std::string::npos) << format;
      EXPECT_EQ(outcome.err.find(value.substr(0, 6)), std::string::npos) << format;
    }
  }
}

TEST(Secrets, ASavedReportIsPrintedAsIfItWereNew) {
  const Folder folder;
  folder.write("app/app.conf", "id = " + kKey + "\n");
  const std::string saved = folder.path() + "/saved.json";
  EXPECT_EQ(plimsoll({"secrets", "--format", "json", "-o", saved, folder.path() + "/app"}).status,
            1);
  for (const char* format : {"table", "sarif", "junit", "markdown", "github", "gitlab", "csv"}) {
    EXPECT_EQ(plimsoll({"report", "--format", format, saved}).out,
              plimsoll({"secrets", "--format", format, folder.path() + "/app"}).out)
        << format;
  }
}

TEST(Secrets, OfStandardInputAreFound) {
  const Outcome outcome =
      plimsoll({"secrets", "-", "--format", "json"}, "one\nid = " + kKey + "\n");
  EXPECT_EQ(outcome.status, 1);
  const Json report = Json::parse(outcome.out);
  ASSERT_EQ(report["findings"].size(), 1U);
  const Json& finding = report["findings"][0];
  EXPECT_EQ(finding["rule"], "aws-access-key-id");
  EXPECT_EQ(finding["control"], "no-secrets");
  EXPECT_EQ(finding["severity"], "critical");
  EXPECT_EQ(finding["line"], 2);
  EXPECT_EQ(finding["column"], 6);
  EXPECT_EQ(finding["end_column"], 26);
}

TEST(Secrets, ThresholdsAndStatusesAreThoseOfTheOtherCommands) {
  const std::string medium = "api_token = \"" + kValue + "\"\n";
  EXPECT_EQ(plimsoll({"secrets", "-"}, medium).status, 0) << "medium does not fail";
  EXPECT_EQ(plimsoll({"secrets", "--fail-on", "medium", "-"}, medium).status, 1);
  EXPECT_EQ(plimsoll({"secrets", "--fail-on", "low", "--exit-code", "7", "-"}, medium).status, 7);
  EXPECT_EQ(plimsoll({"secrets", "--fail-on", "none", "-"}, kKey).status, 0);
  EXPECT_EQ(plimsoll({"secrets", "--fail-on", "wrong", "-"}, "").status, 2);
  EXPECT_EQ(plimsoll({"secrets", "/no/such/file"}).status, 3);
}

TEST(Secrets, WhatIsSkippedIsSaidAndANamedFileIsNot) {
  const Folder folder;
  const std::string named = folder.write("tests/a.conf", "id = " + kKey + "\n");
  const Outcome skipped = plimsoll({"secrets", folder.path()});
  EXPECT_EQ(skipped.status, 0);
  EXPECT_NE(skipped.err.find("1 file skipped by name"), std::string::npos) << skipped.err;
  EXPECT_EQ(plimsoll({"secrets", "--all-files", folder.path()}).status, 1);
  EXPECT_EQ(plimsoll({"secrets", named}).status, 1);
}

TEST(Secrets, HiddenFilesAreSearched) {
  const Folder folder;
  folder.write(".aws/credentials", "id = " + kKey + "\n");
  folder.write(".git/config", "id = " + kKey + "\n");
  const Outcome outcome = plimsoll({"secrets", "--format", "json", folder.path()});
  EXPECT_EQ(Json::parse(outcome.out)["findings"].size(), 1U);
}

TEST(Secrets, PeersConfigurationsAreRead) {
  const Folder folder;
  const std::string trivy = folder.write(
      "conf/own.yaml",
      "rules:\n  - id: own\n    title: Own\n    severity: CRITICAL\n    regex: own-[0-9]{6}\n");
  const Outcome outcome =
      plimsoll({"secrets", "--secret-config", trivy, "-", "--format", "json"}, "own-123456");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_EQ(Json::parse(outcome.out)["findings"][0]["rule"], "own");
  const std::string bad = folder.write("conf/bad.toml", "[[rules]]\nid = 'a'\nregex = '('\n");
  EXPECT_EQ(plimsoll({"secrets", "--config", bad, "-"}, "").status, 2);
}

TEST(Secrets, ABaselineLetsKnownOnesPass) {
  const Folder folder;
  const std::string file = folder.write("a.conf", "id = " + kKey + "\n");
  const std::string known = folder.path() + "/known.jsonl";
  EXPECT_EQ(plimsoll({"secrets", file, "--baseline", known, "--update-baseline"}).status, 0);
  EXPECT_EQ(plimsoll({"secrets", file, "--baseline", known}).status, 0);
  folder.write("b.conf", "id = " + kKey + "\n");
  EXPECT_EQ(plimsoll({"secrets", folder.path(), "--baseline", known}).status, 1);
}

}  // namespace
}  // namespace plimsoll::test
