#include "scan/audit.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace plimsoll::scan {
namespace {

Report audit_files(const std::map<std::string, std::string>& files,
                   std::vector<std::string> targets = {"."}) {
  MemoryFileSystem memory;
  for (const auto& [path, text] : files) memory.add(path, text);
  AuditOptions options;
  options.targets = std::move(targets);
  options.rules.today = Date{2026, 11, 21};
  options.all_rules = true;
  return audit(memory, options);
}

const Finding* find(const Report& report, std::string_view rule) {
  for (const Finding& finding : report.findings) {
    if (finding.rule == rule) return &finding;
  }
  return nullptr;
}

constexpr const char* kRootImage = "FROM node:24 AS runtime\nCMD [\"node\", \"a.js\"]\n";

TEST(EffectiveConfiguration, ComposeUserAnswersAMissingUser) {
  const Report report =
      audit_files({{"Dockerfile", kRootImage},
                   {"compose.yaml", "services: {web: {build: ., user: \"1000\"}}\n"}},
                  {"compose.yaml"});
  EXPECT_EQ(find(report, "container-runs-as-root"), nullptr);
}

TEST(EffectiveConfiguration, SaysWhichFactsDecided) {
  const Report report =
      audit_files({{"Dockerfile", kRootImage}, {"compose.yaml", "services: {web: {build: .}}\n"}});
  const Finding* finding = find(report, "container-runs-as-root");
  ASSERT_NE(finding, nullptr);
  std::string said = finding->message;
  for (const Fact& fact : finding->evidence) said += "; " + fact.value;
  EXPECT_NE(said.find("no USER in stage 'runtime'"), std::string::npos) << said;
  EXPECT_NE(said.find("node:24 runs as root"), std::string::npos) << said;
  EXPECT_NE(said.find("compose.yaml sets no user"), std::string::npos) << said;
}

TEST(EffectiveConfiguration, ADistrolessNonrootBaseIsNotRoot) {
  const Report report =
      audit_files({{"Dockerfile", "FROM gcr.io/distroless/static-debian13:nonroot\n"},
                   {"compose.yaml", "services: {web: {build: .}}\n"}});
  EXPECT_EQ(find(report, "container-runs-as-root"), nullptr);
  EXPECT_EQ(find(report, "image-runs-as-root"), nullptr);
}

TEST(EffectiveConfiguration, TheBuildTargetDecidesTheStage) {
  const Report report = audit_files(
      {{"Dockerfile", "FROM node:24 AS one\nUSER node\nFROM node:24 AS two\nUSER root\n"},
       {"compose.yaml", "services: {web: {build: {context: ., target: one}}}\n"}},
      {"compose.yaml"});
  EXPECT_EQ(find(report, "container-runs-as-root"), nullptr);
}

TEST(Forms, OneRuleJudgesThemAll) {
  const std::map<std::string, std::string> files{
      {"compose.yaml", "services: {web: {image: a, privileged: true}}\n"},
      {"pod.yaml",
       "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: a, "
       "securityContext: {privileged: true}}]}\n"},
      {"run.sh", "#!/bin/sh\ndocker run --privileged nginx\n"},
      {"README.md", "```sh\n$ podman run --privileged nginx\n```\n"},
      {"web.container", "[Container]\nImage=nginx\nPodmanArgs=--privileged\n"},
      {"inspect.json",
       "[{\"Name\": \"/web\", \"Config\": {}, \"HostConfig\": {\"Privileged\": true}}]"},
      {".github/workflows/ci.yml",
       "on: push\njobs: {a: {runs-on: x, steps: [{run: docker run --privileged nginx}]}}\n"}};
  for (const auto& [path, text] : files) {
    const Report report = audit_files({{path, text}});
    const Finding* finding = find(report, "privileged-container");
    ASSERT_NE(finding, nullptr) << path;
    EXPECT_EQ(finding->file->path(), path);
  }
}

TEST(Discovery, FindsDockerfilesAsPeopleNameThemAndSkipsHiddenFolders) {
  const Report report = audit_files({{"a/Dockerfile", kRootImage},
                                     {"b/Containerfile", kRootImage},
                                     {"c/web.Dockerfile", kRootImage},
                                     {"d/Dockerfile.prod", kRootImage},
                                     {".hidden/Dockerfile", kRootImage},
                                     {"node_modules/x/Dockerfile", kRootImage}});
  std::string paths;
  for (const Finding& finding : report.findings) {
    if (finding.rule == "image-runs-as-root") paths += finding.file->path() + ' ';
  }
  EXPECT_EQ(paths, "a/Dockerfile b/Containerfile c/web.Dockerfile d/Dockerfile.prod ");
}

TEST(Discovery, AFileAboutDockerfilesIsNone) {
  const Report report =
      audit_files({{"src/dockerfile.h", "#pragma once\nint x;\n"},
                   {"docs/Dockerfile.md", "# How we write Dockerfiles\n\nFROM…\n"}});
  EXPECT_TRUE(report.findings.empty());
  EXPECT_TRUE(report.subjects.empty());
}

TEST(Discovery, AnExplicitFileIsKnownByItsContent) {
  EXPECT_NE(find(audit_files({{"anything", kRootImage}}, {"anything"}), "image-runs-as-root"),
            nullptr);
  const Report unknown = audit_files({{"poem.txt", "Shall I compare thee\n"}}, {"poem.txt"});
  ASSERT_EQ(unknown.incomplete.size(), 1U);
  EXPECT_TRUE(unknown.incomplete[0].rejected);
}

TEST(Discovery, OtherPeoplesYamlIsLeftAlone) {
  const Report report = audit_files({{"mkdocs.yml", "nav: [\n"}, {"values.yaml", "a: {{ b }}\n"}});
  EXPECT_TRUE(report.complete());
}

TEST(Incomplete, ATemplateIsNotPassedInSilence) {
  const Report report = audit_files(
      {{"templates/a.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  {{- include \"x\" . }}\n"}});
  ASSERT_EQ(report.incomplete.size(), 1U);
  EXPECT_NE(report.incomplete[0].limit.find("template"), std::string::npos);
}

TEST(Incomplete, ABinaryDockerfileInAFolderIsSaid) {
  const Report report = audit_files({{"Dockerfile", std::string("\0\1\2FROM a\n", 10)}});
  ASSERT_EQ(report.incomplete.size(), 1U);
  EXPECT_TRUE(report.incomplete[0].rejected);
}

TEST(Incomplete, AFloodOfFindingsIsCutAndSaid) {
  std::string flood = "FROM debian:13\n";
  for (int i = 0; i < 20000; ++i) flood += "MAINTAINER somebody\n";
  const Report report = audit_files({{"Dockerfile", flood}});
  ASSERT_EQ(report.incomplete.size(), 1U);
  EXPECT_NE(report.incomplete[0].limit.find("findings"), std::string::npos);
}

TEST(Compose, OverridesAndFragmentsAreMergedOntoTheirBase) {
  const Report report =
      audit_files({{"compose.yaml", "services: {web: {image: a}}\n"},
                   {"compose.override.yaml", "services: {web: {privileged: true}}\n"}});
  const Finding* finding = find(report, "privileged-container");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->file->path(), "compose.override.yaml");
  EXPECT_EQ(finding->subject, "compose.yaml#web");
}

TEST(Determinism, ThreadsDoNotChangeTheReport) {
  std::map<std::string, std::string> files;
  for (int i = 0; i < 40; ++i) files["d" + std::to_string(i) + "/Dockerfile"] = kRootImage;
  MemoryFileSystem memory;
  for (const auto& [path, text] : files) memory.add(path, text);
  const auto prints = [&](std::size_t jobs) {
    AuditOptions options;
    options.targets = {"."};
    options.jobs = jobs;
    options.all_rules = true;
    std::string all;
    for (const Finding& finding : audit(memory, options).findings) all += finding.fingerprint;
    return all;
  };
  EXPECT_EQ(prints(1), prints(8));
}

}  // namespace
}  // namespace plimsoll::scan
