// `plimsoll base`, `quickview` and `compare` on images and advisories that the test makes itself.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "sample_bases.h"

namespace plimsoll::test {
namespace {

TEST_F(BaseCommand, ListsWhatWasAdded) {
  EXPECT_NE(run({"base", "list"}).out.find("The index has no base"), std::string::npos);
  add({new_, old_, slim_});
  const Json list = json({"base", "list"})["bases"];
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0]["names"], Json({"python:3.11"}));
  EXPECT_EQ(list[0]["created"], "2024-01-01T00:00:00Z");
  EXPECT_EQ(list[2]["names"], Json({"python:3.11-slim"}));
  EXPECT_EQ(run({"base", "remove", "python:3.11"}).status, 0);
  EXPECT_EQ(json({"base", "list"})["bases"].size(), 1U);
  EXPECT_EQ(run({"base", "remove", "python:3.11"}).status, 3);
}

TEST_F(BaseCommand, AskedWronglyItSaysHow) {
  EXPECT_EQ(run({"base", "add"}).status, 2);
  EXPECT_EQ(run({"base", "shake"}).status, 2);
  EXPECT_EQ(run({"base", "list", "x"}).status, 2);
  EXPECT_EQ(run({"base", "add", app_, "--as", "Not A Name"}).status, 2);
  EXPECT_EQ(run({"base", "add", folder_.path() + "/absent.tar"}).status, 3);
  EXPECT_EQ(run({"base", "add", app_, old_, "--as", "a:1"}).status, 2);
  EXPECT_EQ(plimsoll({"base", "list"}).status, 5) << "there is no HOME";
}

TEST_F(BaseCommand, ABrokenFileIsNamedAndTheRestIsUsed) {
  add({old_});
  folder_.write("data/plimsoll/bases/broken.base", "{");
  const Outcome list = run({"base", "list"});
  EXPECT_EQ(list.status, 4);
  EXPECT_NE(list.err.find("broken.base"), std::string::npos) << list.err;
  EXPECT_NE(list.out.find("python:3.11"), std::string::npos) << list.out;
  EXPECT_EQ(run({"quickview", app_, "--quiet"}).status, 4);
}

TEST_F(BaseCommand, ABaseWhosePackagesAreDamagedIsPassedOver) {
  add({old_});
  const Json list = json({"base", "list"})["bases"];
  const std::string path =
      folder_.path() + "/data/plimsoll/bases/" + list[0]["id"].get<std::string>() + ".base";
  std::string text;
  {
    std::ifstream stream(path);
    std::getline(stream, text);
  }
  std::ofstream(path) << text << "\n{}";
  const Outcome view = run({"quickview", app_, "--quiet", "--format", "json"});
  EXPECT_EQ(view.status, 4);
  EXPECT_NE(view.err.find(".base"), std::string::npos) << view.err;
  EXPECT_EQ(Json::parse(view.out)["base"], nullptr);
}

TEST_F(BaseCommand, OtherCommandsKnowTheBaseByItsLayers) {
  EXPECT_EQ(json({"image", app_})["image"]["base"], nullptr);
  add({old_});
  for (const char* command : {"image", "cves"}) {
    const Json base = json({command, app_})["image"]["base"];
    EXPECT_EQ(base["name"], "python:3.11") << command;
    EXPECT_EQ(base["layers"], 1) << command;
    EXPECT_EQ(base["evidence"], "layers") << command;
  }
}

TEST_F(BaseCommand, QuickviewShowsWhoseTheVulnerabilitiesAre) {
  add({old_, new_, slim_});
  const Json view = json({"quickview", app_});
  EXPECT_EQ(view["yours"]["vulnerabilities"]["critical"], 2);
  EXPECT_EQ(view["base"]["name"], "python:3.11");
  EXPECT_EQ(view["base"]["vulnerabilities"]["critical"], 1);
  EXPECT_EQ(view["refresh"]["vulnerabilities"]["critical"], 0);
  EXPECT_EQ(view["refresh"]["removes"]["critical"], 1);
  EXPECT_EQ(view["others"][0]["name"], "python:3.11-slim");
  EXPECT_EQ(view["others"][0]["steps"], Json({"slim"}));
  const Outcome outcome = run({"qv", app_, "--no-color"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("refreshed  python:3.11"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("Next: rebuild on the newer python:3.11"), std::string::npos)
      << outcome.out;
}

TEST_F(BaseCommand, WithoutAnIndexItSaysHowToTell) {
  const Json view = json({"quickview", app_});
  EXPECT_EQ(view["base"], nullptr);
  EXPECT_NE(view["next_step"].get<std::string>().find("--base"), std::string::npos);
  const Json named = json({"quickview", app_, "--base", "python:3.11"});
  EXPECT_EQ(named["worth_adding"][0], "python:3.11");
}

TEST_F(BaseCommand, AnImageIsTheSameAsItself) {
  const Outcome outcome = run({"compare", app_, app_, "--no-color"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("Nothing is different"), std::string::npos) << outcome.out;
}

TEST_F(BaseCommand, CompareSaysWhatIsGoneAndWhatIsNew) {
  const std::string next = folder_.write(
      "next.tar", archive_of("app:2", "2024-04-01T00:00:00Z",
                             {debian("1:1.2.13-2"), library("1.3.1")}, R"({"User":"app"})"));
  const Json better = json({"compare", app_, next});
  EXPECT_EQ(better["vulnerabilities"]["gone"].size(), 2U);
  EXPECT_EQ(better["vulnerabilities"]["new"].size(), 0U);
  EXPECT_EQ(better["packages"][0]["change"], "upgraded");
  EXPECT_EQ(better["layers_shared"], 0);
  bool is_user_told = false;
  for (const Json& each : better["settings"]) is_user_told |= each["name"] == "user";
  EXPECT_TRUE(is_user_told);
  const Json worse = json({"diff", app_, "--to", next});
  EXPECT_EQ(worse["vulnerabilities"]["new"].size(), 2U);
  EXPECT_EQ(worse["packages"][0]["change"], "downgraded");
  EXPECT_EQ(worse["vulnerabilities"]["new"][0]["layer"].is_number(), true);

  EXPECT_EQ(run({"compare", next, app_}).status, 0) << "without a gate it only tells";
  const std::vector<std::string> gate{"compare", next, app_, "--exit-on", "vulnerability"};
  EXPECT_EQ(run(gate).status, 1);
  EXPECT_EQ(run({"compare", app_, next, "--exit-on", "vulnerability"}).status, 0);
  EXPECT_EQ(run({"compare", next, app_, "--exit-on", "vulnerability", "--fail-on", "none"}).status,
            0);
  EXPECT_EQ(run({"compare", next, app_, "--exit-on", "vulnerability", "--exit-code", "2"}).status,
            2);
  EXPECT_EQ(run({"compare", next}).status, 2);
  const Outcome comment = run({"compare", next, app_, "--format", "markdown"});
  EXPECT_TRUE(comment.out.starts_with("### plimsoll: 2 new vulnerabilities")) << comment.out;
}

TEST_F(BaseCommand, ComparesTwoTimesOfOneTag) {
  add({old_, new_});
  const Json comparison = json({"compare", "python:3.11@previous", "python:3.11"});
  EXPECT_EQ(comparison["before"]["reference"], "python:3.11 of 2024-01-01");
  EXPECT_EQ(comparison["after"]["reference"], "python:3.11 of 2024-02-01");
  EXPECT_EQ(comparison["vulnerabilities"]["gone"].size(), 1U);
  EXPECT_EQ(run({"base", "remove", "python:3.11"}).status, 0);
  add({new_});
  EXPECT_EQ(run({"compare", "python:3.11@previous", "python:3.11"}).status, 3);
}

TEST_F(BaseCommand, UnknownIsNotZero) {
  const std::string alpine = folder_.write(
      "alpine.tar",
      archive_of("python:3.11-alpine", "2024-02-01T00:00:00Z",
                 {tar::file("etc/os-release", "ID=alpine\nVERSION_ID=3.99.0\n") +
                  tar::file("lib/apk/db/installed", "P:musl\nV:1.2.4-r2\nA:x86_64\n\n")}));
  add({old_, alpine});
  const Json view = json({"quickview", app_});
  EXPECT_EQ(view["others"][0]["name"], "python:3.11-alpine");
  EXPECT_EQ(view["others"][0]["vulnerabilities"], nullptr);
  EXPECT_EQ(run({"compare", app_, alpine}).status, 5) << "nobody knows what is wrong with it";
}

TEST_F(BaseCommand, ATagAloneIsNoName) {
  const Layout layout = layout_of("3.11", "2024-01-01T00:00:00Z", debian("1:1.2.13-1"));
  const Outcome refused = run({"base", "add", layout.path});
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("give one with --as"), std::string::npos) << refused.err;
  EXPECT_EQ(run({"base", "add", layout.path, "--as", "python:3.11"}).status, 0);
}

// The usual case: an image of months ago, and an index of today.
TEST_F(BaseCommand, WhatWasMadeAfterTheImageIsARefreshOfItsBase) {
  const std::string app = folder_.write(
      "of-history.tar",
      archive_of("app:1", "2024-01-03T00:00:00Z", {debian("1:1.2.13-1"), library("1.3.0")}, "{}",
                 R"([{"created_by":"ADD file:1 in / "},{"created_by":"CMD [\"python3\"]",)"
                 R"("empty_layer":true},{"created_by":"COPY . . # buildkit"}])"));
  add({new_});
  const Json view = json({"quickview", app, "--base", "python:3.11"});
  EXPECT_EQ(view["evidence"].get<std::string>().find("newest"), std::string::npos)
      << view["evidence"];
  EXPECT_EQ(view["base"]["vulnerabilities"]["critical"], 1);
  ASSERT_NE(view["refresh"], nullptr) << view["next_step"];
  EXPECT_EQ(view["refresh"]["removes"]["critical"], 1);
}

TEST_F(BaseCommand, WhatHidesWhenItWasMadeHasNoDay) {
  add({folder_.write("day.tar",
                     archive_of("a:1", "0001-01-01T00:00:00Z", {debian("1:1.2.13-1")}))});
  EXPECT_EQ(run({"base", "list"}).out.find("0001"), std::string::npos);
  EXPECT_EQ(json({"compare", "base:a:1", app_})["before"]["reference"], "a:1");
}

TEST_F(BaseCommand, ComparesTwoTimesOfOneTagInAnySpelling) {
  add({old_, new_});
  const Json comparison =
      json({"compare", "docker.io/library/python:3.11@previous", "python:3.11"});
  EXPECT_EQ(comparison["after"]["reference"], "python:3.11 of 2024-02-01");
}

}  // namespace
}  // namespace plimsoll::test
