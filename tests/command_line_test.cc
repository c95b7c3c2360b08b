// The command line as a contract: exit statuses, streams, formats. Runs the real executable.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "process.h"

namespace plimsoll::test {
namespace {

using Json = nlohmann::json;

constexpr const char* kClean = "FROM gcr.io/distroless/static-debian13:nonroot\nCMD [\"/app\"]\n";
constexpr const char* kRoot = "FROM debian:13\nCMD [\"/app\"]\n";

TEST(ExitStatus, CleanIsZero) {
  const Folder folder;
  EXPECT_EQ(plimsoll({"audit", folder.write("Dockerfile", kClean)}).status, 0);
}

TEST(ExitStatus, FindingsAtTheThresholdAreOne) {
  const Folder folder;
  const std::string file = folder.write("Dockerfile", kRoot);
  EXPECT_EQ(plimsoll({"audit", file}).status, 1);
  EXPECT_EQ(plimsoll({"audit", file, "--fail-on", "critical"}).status, 0);
  EXPECT_EQ(plimsoll({"audit", file, "--fail-on", "none"}).status, 0);
  EXPECT_EQ(plimsoll({"audit", file, "--exit-code", "17"}).status, 17);
  EXPECT_EQ(plimsoll({"audit", file, "--exit-code", "0"}).status, 0);
}

TEST(ExitStatus, UsageIsTwo) {
  EXPECT_EQ(plimsoll({"audit", "--no-such-flag"}).status, 2);
  EXPECT_EQ(plimsoll({"audit", "--fail-on", "terrible", "."}).status, 2);
  EXPECT_EQ(plimsoll({"audit", "--format", "papyrus", "."}).status, 2);
  EXPECT_EQ(plimsoll({"audit", "--rules", "no-such-rule", "."}).status, 2);
  EXPECT_EQ(plimsoll({"no-such-command"}).status, 2);
}

TEST(CommandLine, AnUnknownCommandIsNamed) {
  const Outcome outcome = plimsoll({"Dockerfile"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("plimsoll audit Dockerfile"), std::string::npos) << outcome.err;
}

TEST(CommandLine, WithoutCommandOptionsAreThoseOfAudit) {
  const Folder folder;
  const std::string file = folder.write("Dockerfile", kRoot);
  const Outcome outcome = plimsoll({"-q", file});
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(plimsoll({"--fail-on", "none", file}).status, 0);
}

TEST(ExitStatus, RejectedInputIsThreeAndSaysWhy) {
  const Folder folder;
  const Outcome outcome = plimsoll({"audit", folder.path() + "/missing"});
  EXPECT_EQ(outcome.status, 3);
  EXPECT_NE(outcome.err.find("missing"), std::string::npos);
  const Outcome heredoc =
      plimsoll({"audit", folder.write("Dockerfile", "FROM a\nCOPY <<END /x\nhello\n")});
  EXPECT_EQ(heredoc.status, 3);
  EXPECT_NE(heredoc.err.find("END"), std::string::npos);
}

TEST(ExitStatus, OneBrokenFileDoesNotHideTheOthers) {
  const Folder folder;
  folder.write("a/Dockerfile", "FROM a\nCOPY <<END /x\nhello\n");
  folder.write("b/Dockerfile", kRoot);
  const Outcome outcome = plimsoll({"audit", "--format", "json", folder.path()});
  EXPECT_EQ(outcome.status, 3);
  const Json report = Json::parse(outcome.out);
  EXPECT_FALSE(report["complete"].get<bool>());
  EXPECT_NE(report["findings"].dump().find("b/Dockerfile"), std::string::npos);
}

TEST(ExitStatus, AnUnwritableOutputIsFive) {
  const Folder folder;
  const Outcome outcome = plimsoll({"audit", folder.write("Dockerfile", kClean), "--output",
                                    folder.path() + "/no/such/folder/report"});
  EXPECT_EQ(outcome.status, 5);
}

TEST(Output, AFileGetsTheWholeReport) {
  const Folder folder;
  const std::string report = folder.path() + "/report.json";
  const Outcome outcome = plimsoll(
      {"audit", folder.write("Dockerfile", kRoot), "--format", "json", "--output", report});
  EXPECT_EQ(outcome.out, "");
  std::ifstream file(report);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_EQ(Json::parse(text)["schema"], "plimsoll/report@1");
  // Nothing half-written is left beside it.
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 2);
}

TEST(Output, ADeviceIsWrittenToAndNotReplaced) {
  // Through a link of our own, so that a failure harms no machine.
  const Folder folder;
  const std::string link = folder.path() + "/null";
  std::filesystem::create_symlink("/dev/null", link);
  EXPECT_EQ(plimsoll({"audit", folder.write("Dockerfile", kClean), "--output", link}).status, 0);
  EXPECT_TRUE(std::filesystem::is_symlink(link));
}

TEST(Output, JsonKeepsTheContractsOrder) {
  const Folder folder;
  const Outcome outcome =
      plimsoll({"audit", folder.write("Dockerfile", kRoot), "--format", "json"});
  const auto report = nlohmann::ordered_json::parse(outcome.out);
  const std::vector<std::string> want{
      "schema", "tool",  "complete", "incomplete",      "subjects", "findings",
      "score",  "image", "packages", "vulnerabilities", "hidden"};
  std::vector<std::string> got;
  for (const auto& [key, value] : report.items()) got.push_back(key);
  EXPECT_EQ(got, want);
  const std::vector<std::string> finding_keys{
      "rule",   "severity", "control",    "subject", "message",     "path",       "line",
      "column", "end_line", "end_column", "fix",     "fingerprint", "suppressed", "evidence"};
  got.clear();
  for (const auto& [key, value] : report["findings"][0].items()) got.push_back(key);
  EXPECT_EQ(got, finding_keys);
}

TEST(Output, ATargetMayFollowAList) {
  const Folder folder;
  const std::string file = folder.write("Dockerfile", kRoot);
  EXPECT_EQ(plimsoll({"audit", "--rules", "all", file}).status, 1);
  EXPECT_EQ(plimsoll({"audit", "--severity", "CRITICAL,HIGH", file}).status, 1);
}

TEST(Output, StandardInputIsATarget) {
  const Outcome outcome = plimsoll({"audit", "-", "--format", "json"}, kRoot);
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(Json::parse(outcome.out)["findings"][0]["path"], "-");
}

TEST(Output, APipedRunLineIsATarget) {
  for (const char* line : {"docker run --privileged alpine:3.22\n",
                           "\n  sudo podman run --rm \\\n    --privileged alpine:3.22"}) {
    const Outcome outcome = plimsoll({"audit", "-", "--format", "json"}, line);
    EXPECT_EQ(outcome.status, 1) << outcome.err;
    EXPECT_NE(outcome.out.find("privileged-container"), std::string::npos) << line;
  }
  EXPECT_EQ(plimsoll({"audit", "-"}, "dockers run away\n").status, 3);
}

TEST(Output, TerminalEscapesOfTheInputNeverReachTheTerminal) {
  const Folder folder;
  const std::string file =
      folder.write("Dockerfile", "FROM \x1b[31mevil\x1b[0m:latest\nUSER root\n");
  const Outcome outcome = plimsoll({"audit", "--rules", "all", file});
  EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos);
  EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
}

TEST(Output, IsTheSameOnOneAndOnManyThreads) {
  const std::string examples = PLIMSOLL_SOURCE_DIR "/examples";
  const Outcome one =
      plimsoll({"audit", "--format", "json", "--rules", "all", "--jobs", "1", examples});
  const Outcome many =
      plimsoll({"audit", "--format", "json", "--rules", "all", "--jobs", "8", examples});
  EXPECT_FALSE(one.out.empty());
  EXPECT_EQ(one.out, many.out);
}

TEST(Rules, ListAsJson) {
  const Outcome outcome = plimsoll({"rules", "--format", "json"});
  EXPECT_EQ(outcome.status, 0);
  const Json rules = Json::parse(outcome.out);
  ASSERT_FALSE(rules.empty());
  for (const char* key : {"slug", "title", "severity", "kind", "control", "fix_safety", "enabled",
                          "aliases", "why"}) {
    EXPECT_TRUE(rules[0].contains(key)) << key;
  }
}

TEST(Rules, AreFoundByThePeersIds) {
  const Outcome outcome = plimsoll({"rules", "trivy:DS-0002"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("image-runs-as-root"), std::string::npos);
  EXPECT_EQ(plimsoll({"rules", "no-such-rule"}).status, 2);
}

TEST(Suppression, IsCountedAndShownWhenAsked) {
  const Folder folder;
  const std::string file = folder.write(
      "Dockerfile",
      "# plimsoll ignore=image-runs-as-root reason=\"a test\" until=2027-01-01\nFROM debian:13\n");
  const Outcome outcome = plimsoll({"audit", file, "--format", "json"});
  EXPECT_EQ(outcome.status, 0);
  const Json finding = Json::parse(outcome.out)["findings"][0];
  EXPECT_EQ(finding["rule"], "image-runs-as-root");
  EXPECT_EQ(finding["suppressed"]["reason"], "a test");
  EXPECT_NE(plimsoll({"audit", file}).out.find("1 suppressed"), std::string::npos);
  EXPECT_NE(plimsoll({"audit", file, "--show-suppressed"}).out.find("a test"), std::string::npos);
}

TEST(Suppression, ExpiresAndThenSilencesNothing) {
  const Folder folder;
  const std::string file = folder.write(
      "Dockerfile", "# plimsoll ignore=image-runs-as-root until=2020-01-01\nFROM debian:13\n");
  EXPECT_EQ(plimsoll({"audit", file}).status, 1);
}

Json score_of(const std::string& folder) {
  return Json::parse(plimsoll({"audit", "--format", "json", folder}).out)["score"]["percent"];
}

TEST(Examples, BeforeIsBadAndAfterIsGood) {
  const std::string examples = PLIMSOLL_SOURCE_DIR "/examples/";
  EXPECT_LE(score_of(examples + "before").get<int>(), 25);
  EXPECT_GE(score_of(examples + "after").get<int>(), 95);
}

TEST(Examples, AfterHasNothingSevere) {
  const Outcome outcome = plimsoll({"audit", PLIMSOLL_SOURCE_DIR "/examples/after"});
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
}

// --- live containers without an engine

Outcome audit_engine_at(const std::string& docker_host) {
  return run({PLIMSOLL_EXECUTABLE, "audit", "engine:"}, {}, {"DOCKER_HOST=" + docker_host});
}

TEST(NoEngine, IsTheEnvironmentAndSaysWhatToDo) {
  const Outcome nobody = audit_engine_at("unix:///nowhere/docker.sock");
  EXPECT_EQ(nobody.status, 5);
  EXPECT_NE(nobody.err.find("/nowhere/docker.sock"), std::string::npos) << nobody.err;
  EXPECT_NE(nobody.err.find("is the engine running?"), std::string::npos) << nobody.err;
  const Outcome elsewhere = audit_engine_at("tcp://kate:geheim@127.0.0.1:1");
  EXPECT_EQ(elsewhere.status, 5);
  EXPECT_NE(elsewhere.err.find("'tcp'"), std::string::npos) << elsewhere.err;
  EXPECT_EQ(elsewhere.err.find("geheim"), std::string::npos) << elsewhere.err;
}

TEST(NoEngine, IsWhereAFileStandsForTheSocket) {
  const Folder folder;
  const Outcome outcome = audit_engine_at("unix://" + folder.write("s", "x"));
  EXPECT_EQ(outcome.status, 5);
  EXPECT_NE(outcome.err.find("GET /version"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace plimsoll::test
