// `plimsoll recommend` on images and advisories that the test makes itself.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "sample_bases.h"

namespace plimsoll::test {
namespace {

using RecommendCommand = BaseCommand;

TEST_F(RecommendCommand, RecommendShowsTheEditAndWritesItWhenChosen) {
  add({old_, new_, slim_});
  const std::string file = folder_.write("Dockerfile", "# syntax\nFROM python:3.11\nUSER 1000\n");
  const auto text = [&file] {
    std::ifstream stream(file);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  };
  const Json advice = json({"recommend", "--file", file, "--choose", "python:3.11-slim"});
  EXPECT_NE(advice["edit"].get<std::string>().find("-FROM python:3.11\n+FROM python:3.11-slim\n"),
            std::string::npos)
      << advice["edit"];
  EXPECT_EQ(text(), "# syntax\nFROM python:3.11\nUSER 1000\n") << "only shown";
  EXPECT_EQ(run({"recommend", "--file", file, "--choose", "python:4", "--write"}).status, 2);
  const Outcome written =
      run({"recommend", "--file", file, "--choose", "python:3.11-slim", "--write"});
  EXPECT_EQ(written.status, 0) << written.err;
  EXPECT_EQ(text(), "# syntax\nFROM python:3.11-slim\nUSER 1000\n");
}

TEST_F(RecommendCommand, WhatIsMoreThanARebuildIsNotWrittenUnasked) {
  add({old_, slim_});
  const std::string file = folder_.write("Dockerfile", "FROM python:3.11\n");
  const Outcome refused = run({"recommend", "--file", file, "--write"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("--choose python:3.11-slim"), std::string::npos) << refused.err;
  EXPECT_EQ(run({"recommend", app_, "--write"}).status, 2);
  EXPECT_EQ(run({"recommend"}).status, 2);
}

TEST_F(RecommendCommand, ADigestWithoutATagIsOfTheImageThatHasIt) {
  const Layout old = layout_of("a", "2024-01-01T00:00:00Z", debian("1:1.2.13-1"));
  const Layout now = layout_of("b", "2024-02-01T00:00:00Z", debian("1:1.2.13-2"));
  for (const std::string& each : {old.path, now.path}) {
    ASSERT_EQ(run({"base", "add", each, "--as", "python:3.11"}).status, 0);
  }
  add({slim_});
  ASSERT_EQ(run({"base", "add", slim_, "--as", "python:latest"}).status, 0);
  const std::string file = folder_.write("Dockerfile", "FROM python@" + old.digest + "\n");
  const Json advice = json({"recommend", "--file", file});
  EXPECT_EQ(advice["base"]["name"], "python:3.11");
  EXPECT_EQ(advice["base"]["vulnerabilities"]["critical"], 1);
  EXPECT_TRUE(advice["next_step"].get<std::string>().starts_with("pin the newer python:3.11: it "))
      << advice["next_step"];
  EXPECT_NE(advice["edit"].get<std::string>().find("+FROM python@" + now.digest + '\n'),
            std::string::npos)
      << advice["edit"];

  const std::string unknown =
      folder_.write("Unknown", "FROM python@sha256:" + std::string(64, '0') + "\n");
  EXPECT_EQ(json({"recommend", "--file", unknown})["base"], nullptr) << "it is not the latest";
  const std::string tagged =
      folder_.write("Tagged", "FROM python:3.11@sha256:" + std::string(64, '0') + "\n");
  const Json other = json({"recommend", "--file", tagged});
  EXPECT_NE(other["evidence"].get<std::string>().find("does not have its digest"),
            std::string::npos)
      << other["evidence"];
}

TEST_F(RecommendCommand, ADockerfileOfAnotherBaseIsNotEdited) {
  add({old_, new_, slim_});
  for (const std::string from : {"python:3.13", "node:20", "localhost:5000/python:3.11"}) {
    const std::string text = "FROM " + from + "\n";
    const std::string file = folder_.write("Dockerfile", text);
    for (const std::string choice : {"python:3.11", "python:3.11-slim"}) {
      const Outcome outcome =
          run({"recommend", app_, "--file", file, "--choose", choice, "--write", "--no-color"});
      EXPECT_EQ(outcome.status, 2) << from << outcome.err;
      EXPECT_NE(outcome.out.find("No edit: "), std::string::npos) << from << outcome.out;
      std::ifstream stream(file);
      EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), text) << from;
    }
  }
}

TEST_F(RecommendCommand, WhatCannotBeEditedGivesWayToTheBestThatCan) {
  const std::string full =
      debian("1:1.2.13-1") + tar::file("usr/lib/node_modules/left-pad/package.json",
                                       R"({"name":"left-pad","version":"1.3.1"})");
  add({folder_.write("full.tar", archive_of("python:3.11", "2024-01-01T00:00:00Z", {full})),
       folder_.write("less.tar", archive_of("python:3.11-slim", "2024-01-02T00:00:00Z",
                                            {debian("1:1.2.13-1")}))});
  ASSERT_EQ(run({"base", "add", new_, "--as", "gcr.io/distroless/python3-debian12"}).status, 0);
  const std::string file = folder_.write("Dockerfile", "FROM python:3.11\n");
  const Outcome shown = run({"recommend", "--file", file, "--no-color"});
  EXPECT_NE(shown.out.find("1  gcr.io/distroless/python3-debian12:latest"), std::string::npos)
      << shown.out;
  EXPECT_NE(shown.out.find("+FROM python:3.11-slim\n"), std::string::npos) << shown.out;
}

TEST_F(RecommendCommand, StagesThatStayOnTheOldBaseAreNamed) {
  add({old_, slim_});
  const std::string file =
      folder_.write("Dockerfile", "FROM python:3.11 AS build\nFROM python:3.11\n");
  const Outcome shown = run({"recommend", "--file", file, "--no-color"});
  EXPECT_NE(shown.out.find("Not edited: stage build, which stays on python:3.11"),
            std::string::npos)
      << shown.out;
}

TEST_F(RecommendCommand, TheNameThatTheDockerfileHasIsTheBases) {
  add({old_});
  ASSERT_EQ(run({"base", "add", old_, "--as", "python:3.11.4-bookworm"}).status, 0);
  add({new_});
  ASSERT_EQ(run({"base", "add", new_, "--as", "python:3.11.9-bookworm"}).status, 0);
  const std::string file = folder_.write("Dockerfile", "FROM python:3.11.4-bookworm\n");
  const Json advice = json({"recommend", app_, "--file", file});
  EXPECT_EQ(advice["base"]["name"], "python:3.11.4-bookworm");
  EXPECT_NE(advice["edit"].get<std::string>().find("+FROM python:3.11.9-bookworm\n"),
            std::string::npos)
      << advice["edit"];
}

TEST_F(RecommendCommand, ARefreshThatBringsAnotherDistributionSaysSo) {
  const std::string later = folder_.write(
      "later.tar", archive_of("python:3.11", "2025-08-15T00:00:00Z",
                              {tar::file("etc/os-release", "ID=debian\nVERSION_ID=\"13\"\n")}));
  add({old_, later});
  const Json advice = json({"recommend", app_});
  EXPECT_EQ(advice["refresh"]["steps"], Json({"refresh", "distribution"}));
  EXPECT_TRUE(advice["next_step"].get<std::string>().ends_with(
      "; mind: other versions of the distribution's packages"))
      << advice["next_step"];
}

TEST_F(RecommendCommand, WhatIsNotKnownIsNotRecommended) {
  const std::string alpine = folder_.write(
      "alpine.tar",
      archive_of("python:3.11-alpine", "2024-02-01T00:00:00Z",
                 {tar::file("etc/os-release", "ID=alpine\nVERSION_ID=3.99.0\n") +
                  tar::file("lib/apk/db/installed",
                            "P:musl\nV:1.2.4-r2\nA:x86_64\n\nP:zlib\nV:1.3-r0\nA:x86_64\n\n")}));
  add({alpine});
  ASSERT_EQ(run({"base", "add", new_, "--as", "gcr.io/distroless/python3-debian12"}).status, 0);
  const Json advice = json({"recommend", alpine});
  EXPECT_EQ(advice["others"][0]["reasons"][0], "what it mends is not known");
  EXPECT_EQ(advice["next_step"].get<std::string>().find("build on"), std::string::npos)
      << advice["next_step"];
}

TEST_F(RecommendCommand, AnEditOfADosFileIsShownPlainly) {
  add({old_, slim_});
  const std::string file = folder_.write("Dockerfile", "FROM python:3.11\r\nUSER 1000\r\n");
  const Outcome shown = run({"recommend", "--file", file, "--no-color"});
  EXPECT_NE(shown.out.find("+FROM python:3.11-slim\n"), std::string::npos) << shown.out;
}

}  // namespace
}  // namespace plimsoll::test
