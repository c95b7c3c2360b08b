#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/format.h"

namespace plimsoll::report {
namespace {

using Json = nlohmann::ordered_json;
using Keys = std::vector<std::string>;

Keys keys(const Json& object) {
  Keys keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

Json render(const Report& report) {
  return Json::parse(
      find_format("json")->render(document_of(report, false), {.color = true, .width = 20}));
}

/// One finding with everything a finding may have.
Report full() {
  Report report;
  report.sources.push_back(
      std::make_unique<SourceFile>("compose.yaml", "services:\n  \xC3\xA9: {a: b}\n"));
  report.subjects = {{"compose.yaml#web", "service", "web", "compose.yaml"}};
  report.incomplete = {{"limit", "x", "folder depth", "64", false}};
  Finding& finding = report.findings.emplace_back();
  finding.rule = "some-rule";
  finding.severity = Severity::kHigh;
  finding.control = Control::kNoSecrets;
  finding.subject = "compose.yaml#web";
  finding.message = "says so";
  finding.file = report.sources[0].get();
  finding.span = {16, 22};
  finding.fix = Fix{"drop it", {{{16, 22}, ""}}, FixSafety::kUnsafe};
  finding.fingerprint = "00ff";
  finding.suppressed = Suppression{"hadolint", "known", "2027-01-01"};
  finding.because("user", "0").because("image", "a:b");
  finding.also = {"compose.yaml#db"};
  return report;
}

TEST(Json, HoldsTheKeysOfTheContractInItsOrder) {
  const Json json = render(full());
  EXPECT_EQ(keys(json), (Keys{"schema", "tool", "complete", "incomplete", "subjects", "findings",
                              "score", "image", "packages", "vulnerabilities"}));
  EXPECT_EQ(keys(json["tool"]), (Keys{"name", "version"}));
  EXPECT_EQ(keys(json["incomplete"][0]), (Keys{"stage", "path", "limit", "value"}));
  EXPECT_EQ(keys(json["subjects"][0]), (Keys{"id", "kind", "name", "path"}));
  EXPECT_EQ(keys(json["findings"][0]),
            (Keys{"rule", "severity", "control", "subject", "message", "path", "line", "column",
                  "end_line", "end_column", "fix", "fingerprint", "suppressed", "evidence"}));
  EXPECT_EQ(keys(json["findings"][0]["fix"]), (Keys{"safety", "title"}));
  EXPECT_EQ(keys(json["findings"][0]["suppressed"]), (Keys{"by", "reason", "until"}));
  EXPECT_EQ(keys(json["score"]), (Keys{"percent", "controls"}));
  ASSERT_EQ(json["score"]["controls"].size(), kControlCount);
  EXPECT_EQ(keys(json["score"]["controls"][0]),
            (Keys{"id", "title", "status", "passed", "failed", "unknown"}));
}

TEST(Json, SaysWhatTheFindingSays) {
  const Json finding = render(full())["findings"][0];
  EXPECT_EQ(finding, Json::parse(R"({
    "rule": "some-rule", "severity": "high", "control": "no-secrets",
    "subject": "compose.yaml#web", "message": "says so", "path": "compose.yaml",
    "line": 2, "column": 6, "end_line": 2, "end_column": 12,
    "fix": {"safety": "unsafe", "title": "drop it"}, "fingerprint": "00ff",
    "suppressed": {"by": "hadolint", "reason": "known", "until": "2027-01-01"},
    "evidence": {"user": "0", "image": "a:b",
                 "subjects": ["compose.yaml#web", "compose.yaml#db"]}})"));
}

TEST(Json, WritesNullForWhatIsAbsent) {
  Report report;
  report.findings.emplace_back().rule = "some-rule";
  const Json json = render(report);
  EXPECT_EQ(json["complete"], true);
  EXPECT_EQ(json["incomplete"], Json::array());
  EXPECT_EQ(json["image"], nullptr);
  EXPECT_EQ(json["score"]["percent"], nullptr);  // nothing was judged: no percentage, never 0
  const Json& finding = json["findings"][0];
  for (const char* key :
       {"path", "line", "column", "end_line", "end_column", "fix", "suppressed"}) {
    EXPECT_EQ(finding[key], nullptr) << key;
  }
  EXPECT_EQ(finding["evidence"], Json::object());
}

TEST(Json, ASuppressionWithoutEndHasNoDate) {
  Report report = full();
  report.findings[0].suppressed->until.clear();
  EXPECT_EQ(render(report)["findings"][0]["suppressed"]["until"], nullptr);
}

TEST(Json, IsTextWhateverTheInputWas) {
  Report report = full();
  report.sources.push_back(std::make_unique<SourceFile>("p\xFF", "x"));
  Finding& finding = report.findings[0];
  finding.file = report.sources.back().get();
  finding.message = "m\xC0\x1b";
  finding.because("k\xFF", "v\xFF");
  finding.fix->title = "\xFF";
  finding.suppressed->reason = "\xFF";
  finding.also = {"\xFF"};
  report.subjects[0].name = "\xFF";
  report.incomplete[0].limit = "\xFF";
  const std::string text = find_format("json")->render(document_of(report, false), {});
  const Json json = Json::parse(text);
  EXPECT_EQ(json["findings"][0]["message"], "m\uFFFD\x1b");
  EXPECT_EQ(json["findings"][0]["evidence"]["k\uFFFD"], "v\uFFFD");
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Json, TheScoreIsThere) {
  Report report;
  report.score.known = true;
  report.score.percent = 0;
  report.score.controls[0] = {Control::kNonRootUser, Status::kFail, 1, 2, 3};
  const Json json = render(report);
  EXPECT_EQ(json["score"]["percent"], 0);
  EXPECT_EQ(json["score"]["controls"][0]["id"], "non-root-user");
  EXPECT_EQ(json["score"]["controls"][0]["status"], "fail");
  EXPECT_EQ(json["score"]["controls"][0]["failed"], 2);
}

TEST(Formats, AreFoundByName) {
  ASSERT_NE(find_format("json"), nullptr);
  EXPECT_EQ(find_format("json")->name, "json");
  EXPECT_EQ(find_format("papyrus"), nullptr);
  EXPECT_EQ(find_format(""), nullptr);
}

}  // namespace
}  // namespace plimsoll::report
