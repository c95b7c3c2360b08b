// plimsoll.yaml and peers' files, from the disk to the exit status.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "process.h"

namespace plimsoll::test {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

const fs::path kRoot = PLIMSOLL_SOURCE_DIR;
constexpr const char* kRootImage = "FROM debian:13\n";  // image-runs-as-root, high

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A repository with one Dockerfile that runs as root.
class Repository {
 public:
  Repository() {
    fs::create_directories(folder_.path() + "/.git");
    folder_.write("Dockerfile", kRootImage);
  }
  std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories(fs::path(folder_.path() + "/" + name).parent_path());
    return folder_.write(name, text);
  }
  [[nodiscard]] const std::string& path() const { return folder_.path(); }
  [[nodiscard]] Outcome audit(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"audit", "--format", "json"});
    more.push_back(path());
    return plimsoll(more);
  }
  /// The finding of a rule; null when it is not shown.
  [[nodiscard]] Json finding(std::string_view rule, std::vector<std::string> more = {}) const {
    const Json report = Json::parse(audit(std::move(more)).out);
    for (const Json& finding : report["findings"]) {
      if (finding["rule"] == rule) return finding;
    }
    return nullptr;
  }

 private:
  Folder folder_;
};

bool says(const Outcome& outcome, std::string_view text) {
  return outcome.err.find(text) != std::string::npos;
}

TEST(Configuration, WithoutAnyTheRunFails) {
  EXPECT_EQ(Repository().audit().status, 1);
}

TEST(Configuration, AnIgnoreSuppressesAndIsNamed) {
  const Repository repository;
  repository.write("plimsoll.yaml",
                   "ignore:\n  - {rule: trivy:DS-0002, path: Dockerfile, reason: a test, until: "
                   "2027-01-01}\n");
  const Outcome outcome = repository.audit();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  const Json suppressed = repository.finding("image-runs-as-root")["suppressed"];
  EXPECT_EQ(suppressed["by"], "plimsoll.yaml");
  EXPECT_EQ(suppressed["reason"], "a test");
  EXPECT_EQ(suppressed["until"], "2027-01-01");
}

TEST(Configuration, AnIgnoreThatEndedIsSaidAndTheFindingIsBack) {
  const Repository repository;
  repository.write("plimsoll.yaml",
                   "ignore: [{rule: image-runs-as-root, reason: a, until: 2020-01-01}]\n");
  const Outcome outcome = repository.audit();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(says(outcome, "plimsoll.yaml:1:10: the ignore of image-runs-as-root ended on"));
  EXPECT_EQ(repository.finding("image-runs-as-root")["suppressed"], nullptr);
}

TEST(Configuration, IsFoundFromAFolderBelow) {
  const Repository repository;
  repository.write("a/b/Dockerfile", kRootImage);
  repository.write("plimsoll.yaml",
                   "ignore: [{rule: image-runs-as-root, path: a/b, reason: a test}]\n");
  EXPECT_EQ(plimsoll({"audit", repository.path() + "/a/b"}).status, 0);
  EXPECT_EQ(plimsoll({"audit", repository.path() + "/a/b/Dockerfile"}).status, 0);
  EXPECT_EQ(plimsoll({"audit", repository.path() + "/Dockerfile"}).status, 1);
}

TEST(Configuration, WhatWeakensTakesTrust) {
  const Repository repository;
  repository.write("a/Dockerfile", kRootImage);
  for (const char* text : {"rules: {image-runs-as-root: off}\n",
                           "rules: {image-runs-as-root: low}\n", "fail-on: none\n"}) {
    repository.write("plimsoll.yaml", text);
    const Outcome outcome = repository.audit();
    EXPECT_EQ(outcome.status, 1) << text;
    EXPECT_TRUE(says(outcome, "not applied without --trust-repo-config")) << outcome.err;
    EXPECT_EQ(repository.audit({"--trust-repo-config"}).status, 0) << text;
  }
  repository.write("plimsoll.yaml", "targets: [a]\n");
  EXPECT_TRUE(says(repository.audit(), "targets"));
}

TEST(Configuration, WhatIsExcludedIsCountedAloud) {
  const Repository repository;
  repository.write("a/b/Dockerfile", kRootImage);
  repository.write("plimsoll.yaml", "exclude: ['**/Dockerfile']\n");
  const Outcome outcome = repository.audit();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(says(outcome, "plimsoll.yaml:1:11: '**/Dockerfile' leaves out 2 files"))
      << outcome.err;
  const Json left_out = Json::parse(outcome.out)["left_out"];
  ASSERT_EQ(left_out.size(), 1U);
  EXPECT_EQ(left_out[0]["pattern"], "**/Dockerfile");
  EXPECT_EQ(left_out[0]["files"], 2);
  for (const char* format : {"table", "markdown"}) {
    const std::string text = plimsoll({"audit", "--format", format, repository.path()}).out;
    EXPECT_NE(text.find("2 files left out by "), std::string::npos) << text;
  }
}

TEST(Configuration, WhatIsNamedIsJudgedThoughExcluded) {
  const Repository repository;
  repository.write("a/Dockerfile", kRootImage);
  repository.write("plimsoll.yaml", "exclude: [a]\n");
  EXPECT_EQ(plimsoll({"audit", repository.path() + "/a"}).status, 1);
  EXPECT_EQ(plimsoll({"audit", repository.path() + "/a/Dockerfile"}).status, 1);
  EXPECT_EQ(repository.audit({"--no-config"}).status, 1);
}

TEST(Configuration, ALoweredRuleShowsItsNewSeverity) {
  const Repository repository;
  repository.write("plimsoll.yaml", "rules: {image-runs-as-root: low}\n");
  EXPECT_EQ(repository.finding("image-runs-as-root", {"--trust-repo-config"})["severity"], "low");
}

TEST(Configuration, WhatIsStricterHoldsAtOnce) {
  const Repository repository;
  repository.write("Dockerfile", "FROM debian:13\nUSER 1000\n");
  EXPECT_EQ(repository.audit().status, 0);
  repository.write("plimsoll.yaml", "rules: {checkov:CKV_DOCKER_2: high}\n");
  EXPECT_EQ(repository.audit().status, 1);
  EXPECT_EQ(repository.finding("healthcheck-missing")["severity"], "high");
  repository.write("plimsoll.yaml", "trusted-registries: [ghcr.io]\nselect: all\nfail-on: info\n");
  EXPECT_EQ(repository.audit().status, 1);
  EXPECT_NE(repository.finding("base-image-untrusted-registry"), nullptr);
}

TEST(Configuration, OptionsBeatConfigBeatsTheRepository) {
  const Repository repository;
  const Folder elsewhere;
  const std::string file = elsewhere.write("organisation.yaml", "fail-on: none\nselect: default\n");
  repository.write("plimsoll.yaml", "fail-on: low\nselect: all\n");
  EXPECT_EQ(repository.audit().status, 1);
  EXPECT_EQ(repository.audit({"--config", file}).status, 0);
  EXPECT_EQ(repository.finding("healthcheck-missing", {"--config", file}), nullptr);
  EXPECT_EQ(repository.audit({"--config", file, "--fail-on", "high"}).status, 1);
  EXPECT_NE(repository.finding("healthcheck-missing", {"--config", file, "--rules", "all"}),
            nullptr);
  EXPECT_EQ(repository.audit({"--no-config", "--fail-on", "critical"}).status, 0);
}

TEST(Configuration, NoConfigReadsNothingOfTheRepository) {
  const Repository repository;
  repository.write("plimsoll.yaml", "ignore: [{rule: image-runs-as-root, reason: a}]\n");
  repository.write(".trivyignore", "DS-0002\n");
  EXPECT_EQ(repository.audit().status, 0);
  EXPECT_EQ(repository.audit({"--no-config"}).status, 1);
}

TEST(Configuration, TargetsOfATrustedFileAreWhatIsJudged) {
  const Repository repository;
  repository.write("a/Dockerfile", kRootImage);
  const std::string file = repository.write("org.yaml", "targets: [" + repository.path() + "/a]\n");
  const Outcome outcome = plimsoll({"audit", "--format", "json", "--config", file});
  const Json report = Json::parse(outcome.out);
  ASSERT_FALSE(report["findings"].empty());
  for (const Json& finding : report["findings"]) {
    EXPECT_NE(finding["path"].get<std::string>().find("/a/Dockerfile"), std::string::npos);
  }
}

TEST(Configuration, AMistakeEndsTheRunWithItsPlace) {
  const Repository repository;
  repository.write("plimsoll.yaml", "rules:\n  image-run-as-root: off\n");
  const Outcome outcome = repository.audit();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_TRUE(says(outcome,
                   "plimsoll.yaml:2:3: no rule is called 'image-run-as-root'; did you "
                   "mean 'image-runs-as-root'?"))
      << outcome.err;
  EXPECT_EQ(repository.audit({"--config", "nowhere.yaml", "--no-config"}).status, 2);
}

TEST(Configuration, SaysTheSameOnOneAndOnManyThreads) {
  const Repository repository;
  for (const char* folder : {"a", "b", "c", "d"}) {
    repository.write(std::string(folder) + "/Dockerfile", kRootImage);
  }
  repository.write("plimsoll.yaml",
                   "select: all\nfail-on: none\nrules: {image-runs-as-root: low}\n"
                   "ignore: [{rule: image-runs-as-root, path: [b, d], reason: a test}]\n");
  const Outcome one = repository.audit({"--jobs", "1"});
  const Outcome many = repository.audit({"--jobs", "8"});
  EXPECT_NE(one.out.find("a test"), std::string::npos);
  EXPECT_EQ(one.out, many.out);
  EXPECT_EQ(one.err, many.err);
}

TEST(Configuration, ALinkIsNotRead) {
  const Repository repository;
  const Folder elsewhere;
  fs::create_symlink(elsewhere.write("x", "top-secret\n"), repository.path() + "/plimsoll.yaml");
  const Outcome outcome = repository.audit();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(says(outcome, "plimsoll.yaml: not read, it is no regular file")) << outcome.err;
  EXPECT_FALSE(says(outcome, "top-secret"));
}

struct PeerCase {
  const char* name;
  const char* text;
};

TEST(PeersFiles, SuppressByTheirName) {
  for (const PeerCase& peer :
       {PeerCase{".trivyignore", "# why\nAVD-DS-0002 exp:2027-01-01\n"},
        PeerCase{".trivyignore.yaml", "misconfigurations: [{id: DS-0002, paths: [Dockerfile]}]\n"},
        PeerCase{".hadolint.yml", "ignored: [DL3002]\n"},
        PeerCase{".checkov.yaml", "skip-check: CKV_DOCKER_8\n"}}) {
    const Repository repository;
    repository.write(peer.name, peer.text);
    EXPECT_EQ(repository.audit().status, 0) << peer.name;
    EXPECT_EQ(repository.finding("image-runs-as-root")["suppressed"]["by"], peer.name);
  }
}

TEST(PeersFiles, ThatAreBrokenOrUnknownToUsOnlyTakeALine) {
  const Repository repository;
  repository.write(".hadolint.yaml", "ignored: [\n");
  repository.write(".trivyignore", "AVD-AWS-0001\n");
  const Outcome outcome = repository.audit();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(says(outcome, ".trivyignore: no rule is called 'AVD-AWS-0001'")) << outcome.err;
  EXPECT_TRUE(says(outcome, ".hadolint.yaml:")) << outcome.err;
}

TEST(PeersFiles, LowerNothingUnasked) {
  const Repository repository;
  repository.write(".hadolint.yaml", "failure-threshold: none\noverride: {style: [DL3002]}\n");
  EXPECT_EQ(repository.audit().status, 1);
  EXPECT_EQ(repository.audit({"--trust-repo-config"}).status, 0);
}

TEST(ConfigCommand, ChecksAFileForItself) {
  const Folder folder;
  EXPECT_EQ(plimsoll({"config", "check", folder.write("a.yaml", "select: all\n")}).status, 0);
  EXPECT_EQ(plimsoll({"config", "check", folder.write("b.yaml", "select: al\n")}).status, 2);
  EXPECT_EQ(plimsoll({"config", "look"}).status, 2);
}

TEST(ConfigCommand, ShowsWhereEachValueComesFrom) {
  const Repository repository;
  repository.write("plimsoll.yaml", "select: all\n");
  repository.write(".hadolint.yaml", "failure-threshold: warning\n");
  const Outcome outcome = plimsoll({"config", "show", repository.path()});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.out.find("/plimsoll.yaml:1:9\n"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("fail-on: medium  # "), std::string::npos);
  const Folder folder;
  EXPECT_EQ(plimsoll({"config", "check", folder.write("shown.yaml", outcome.out)}).status, 0);
}

// --- documentation and schema

/// Blocks of YAML that begin with "# plimsoll.yaml".
std::vector<std::string> documented_examples() {
  std::vector<std::string> examples;
  const std::string page = read(kRoot / "docs/configuration.md");
  constexpr std::string_view kBegin = "```yaml\n# plimsoll.yaml\n";
  for (std::size_t at = page.find(kBegin); at != std::string::npos; at = page.find(kBegin, at)) {
    at += std::string_view("```yaml\n").size();
    examples.push_back(page.substr(at, page.find("```", at) - at));
  }
  return examples;
}

TEST(ConfigurationDocs, ExamplesHaveNoFault) {
  const std::vector<std::string> examples = documented_examples();
  EXPECT_GE(examples.size(), 3U);
  const Folder folder;
  for (const std::string& example : examples) {
    const Outcome outcome = plimsoll({"config", "check", folder.write("example.yaml", example)});
    EXPECT_EQ(outcome.status, 0) << example << outcome.err;
    EXPECT_EQ(outcome.err, "");
  }
}

TEST(ConfigurationDocs, NameEveryKey) {
  const std::string page = read(kRoot / "docs/configuration.md");
  const Json schema = Json::parse(read(kRoot / "docs/plimsoll.schema.json"));
  EXPECT_GE(schema["properties"].size(), 10U);
  for (const auto& [key, value] : schema["properties"].items()) {
    EXPECT_NE(page.find("| `" + key + "` |"), std::string::npos) << key;
  }
  for (const auto& [key, value] : schema["$defs"]["ignore"]["properties"].items()) {
    EXPECT_NE(page.find("| `" + key + "` |"), std::string::npos) << key;
  }
}

TEST(Schema, IsInSync) {
  // script/bless writes it.
  EXPECT_EQ(plimsoll({"config", "schema"}).out, read(kRoot / "docs/plimsoll.schema.json"))
      << "run script/bless";
}

struct Sample {
  bool good;
  const char* json;
};

// JSON, since a validator of JSON Schema reads that as we do.
constexpr Sample kSamples[] = {
    {true, R"({})"},
    {true, R"(null)"},
    {true, R"({"select": "all", "ignore": null})"},
    {true, R"({"rules": {"image-runs-as-root": "critical", "hadolint:DL3059": "on"}})"},
    {true, R"({"rules": {"image-runs-as-root": {"enabled": false, "severity": "low"}}})"},
    {true, R"({"ignore": [{"rule": "image-runs-as-root", "reason": "a"}]})"},
    {true, R"({"ignore": [{"rule": ["trivy:DS-0002"], "reason": "a", "path": ["a/**"],
               "subject": "w*", "owner": "b", "until": "2027-01-31"}]})"},
    {true, R"({"fail-on": "none", "severity": ["high"], "targets": "a", "exclude": ["b"]})"},
    {true, R"({"trusted-registries": ["*.io"], "label-schema": {"a": "url"}})"},
    {true, R"({"strict-labels": "on", "exclude": []})"},
    {false, R"([])"},
    {false, R"("all")"},
    {false, R"({"selekt": "all"})"},
    {false, R"({"select": "some"})"},
    {false, R"({"rules": []})"},
    {false, R"({"rules": {"no-such-rule": "on"}})"},
    {false, R"({"rules": {"hadolint:DL9999": "on"}})"},
    {false, R"({"rules": {"image-runs-as-root": "warning"}})"},
    {false, R"({"rules": {"image-runs-as-root": null}})"},
    {false, R"({"rules": {"image-runs-as-root": {"level": "low"}}})"},
    {false, R"({"rules": {"image-runs-as-root": {"severity": "HIGH"}}})"},
    {false, R"({"ignore": {}})"},
    {false, R"({"ignore": ["image-runs-as-root"]})"},
    {false, R"({"ignore": [{"rule": "image-runs-as-root"}]})"},
    {false, R"({"ignore": [{"reason": "a"}]})"},
    {false, R"({"ignore": [{"rule": [], "reason": "a"}]})"},
    {false, R"({"ignore": [{"rule": "no-such-rule", "reason": "a"}]})"},
    {false, R"({"ignore": [{"rule": "image-runs-as-root", "reason": "  "}]})"},
    {false, R"({"ignore": [{"rule": "image-runs-as-root", "reason": 1}]})"},
    {false, R"({"ignore": [{"rule": "image-runs-as-root", "reason": "a", "until": "soon"}]})"},
    {false, R"({"ignore": [{"rule": "image-runs-as-root", "reason": "a", "path": "../x"}]})"},
    {false, R"({"ignore": [{"rule": "image-runs-as-root", "reason": "a", "path": []}]})"},
    {false, R"({"ignore": [{"rule": "image-runs-as-root", "reason": "a", "subject": ""}]})"},
    {false, R"({"ignore": [{"rule": "image-runs-as-root", "reason": "a", "because": "b"}]})"},
    {false, R"({"fail-on": "HIGH"})"},
    {false, R"({"severity": []})"},
    {false, R"({"severity": ["none"]})"},
    {false, R"({"targets": []})"},
    {false, R"({"exclude": ["/etc"]})"},
    {false, R"({"exclude": [1]})"},
    {false, R"({"trusted-registries": {"a": "b"}})"},
    {false, R"({"label-schema": {"a": "txt"}})"},
    {false, R"({"strict-labels": "yes"})"},
};

TEST(Schema, TheReaderTakesTheGoodAndRefusesTheBad) {
  const Folder folder;
  for (const Sample& sample : kSamples) {
    const Outcome outcome = plimsoll({"config", "check", folder.write("a.yaml", sample.json)});
    EXPECT_EQ(outcome.status, sample.good ? 0 : 2) << sample.json << outcome.err;
  }
}

TEST(UnusedIgnores, AreSaidWithTheirPlaceByARunThatSawAll) {
  const Repository repository;
  repository.write("web/Dockerfile", kRootImage);
  repository.write("plimsoll.yaml",
                   "ignore:\n"
                   "  - {rule: image-runs-as-root, path: web/, reason: known}\n"
                   "  - {rule: image-runs-as-root, path: gone/, reason: known}\n"
                   "  - {rule: [docker-socket-mounted, host-ipc], reason: known}\n");
  const Outcome outcome = repository.audit();
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(says(outcome, "plimsoll.yaml:3:5: the ignore of image-runs-as-root matches nothing"))
      << outcome.err;
  EXPECT_TRUE(says(outcome, "plimsoll.yaml:4:5: the ignore of docker-socket-mounted matches"));
  EXPECT_FALSE(says(outcome, "plimsoll.yaml:2:5"));
  // Of a part nobody can say what the rest would match.
  EXPECT_EQ(plimsoll({"audit", repository.path() + "/web"}).err, "");
}

TEST(UnusedIgnores, OneThatACommentForestalledIsUsed) {
  const Repository repository;
  repository.write("Dockerfile",
                   "# plimsoll ignore=image-runs-as-root reason=\"a\"\nFROM debian:13\n");
  repository.write("plimsoll.yaml", "ignore:\n  - {rule: image-runs-as-root, reason: known}\n");
  EXPECT_EQ(repository.audit().err, "");
}

TEST(UnusedIgnores, ThoseOfPeersAndOfAGivenFileAreNot) {
  const Repository repository;
  repository.write(".trivyignore", "DS-0026\nKSV-0001\n");
  EXPECT_EQ(repository.audit().err, "");
  const std::string given =
      repository.write("organisation.yml", "ignore:\n  - {rule: host-ipc, reason: known}\n");
  EXPECT_EQ(repository.audit({"--config", given}).err, "");
}

TEST(UnusedComments, AreSaidWhenAsked) {
  const Repository repository;
  repository.write("Dockerfile",
                   "FROM debian:13\n"
                   "# plimsoll ignore=sudo-used reason=\"gone\"\n"
                   "RUN make\n"
                   "# hadolint ignore=DL3004\n"
                   "RUN make\n");
  EXPECT_EQ(repository.audit().err, "");
  const Outcome outcome = repository.audit({"--show-suppressed"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(says(outcome, "Dockerfile:2:1: the comment suppresses nothing")) << outcome.err;
  EXPECT_FALSE(says(outcome, "Dockerfile:4"));
}

/// A Python that has the package jsonschema; "" when there is none.
std::string python_with_jsonschema() {
  for (const char* python : {PLIMSOLL_PYTHON, "/usr/bin/python3"}) {
    if (fs::exists(python) && run({python, "-c", "import jsonschema"}).status == 0) return python;
  }
  return {};
}

TEST(Schema, AValidatorSaysTheSame) {
  const std::string python = python_with_jsonschema();
  if (python.empty()) {
    std::cout << "SKIPPED: python3-jsonschema is not installed\n";
    return;
  }
  // Prints 1 or 0 per sample.
  constexpr const char* kProgram = R"(
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
check = jsonschema.validators.validator_for(schema)
check.check_schema(schema)
print(''.join('1' if check(schema).is_valid(one) else '0' for one in json.load(sys.stdin)))
)";
  Json samples = Json::array();
  std::string want;
  for (const Sample& sample : kSamples) {
    samples.push_back(Json::parse(sample.json));
    want += sample.good ? '1' : '0';
  }
  const Outcome outcome =
      run({python, "-c", kProgram, kRoot / "docs/plimsoll.schema.json"}, samples.dump());
  EXPECT_EQ(outcome.out, want + "\n") << outcome.err;
}

}  // namespace
}  // namespace plimsoll::test
