// `plimsoll base`, `quickview`, `recommend` and `compare` on images and advisories that the test
// makes itself.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "archive/sha256.h"
#include "image/sample_tar.h"
#include "process.h"

namespace plimsoll::test {
namespace {

using Json = nlohmann::json;
namespace tar = image::sample_tar;

constexpr const char* kAdvisory = R"({
  "id": "CVE-2024-0001", "modified": "2024-02-01T00:00:00Z", "summary": "Overflow",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
  "affected": [{"package": {"ecosystem": "Debian:12", "name": "zlib"},
    "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1:1.2.13-2"}]}]}]})";
constexpr const char* kOfLeftPad = R"({
  "id": "CVE-2024-0002", "modified": "2024-02-01T00:00:00Z", "summary": "Pads on the wrong side",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
  "affected": [{"package": {"ecosystem": "npm", "name": "left-pad"},
    "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.1"}]}]}]})";

/// A layer with Debian 12 and zlib of this version.
std::string debian(const std::string& zlib) {
  return tar::file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n") +
         tar::file("var/lib/dpkg/status",
                   "Package: zlib1g\nStatus: install ok installed\n"
                   "Source: zlib\nArchitecture: amd64\nVersion: " +
                       zlib + "\n\n");
}

std::string library(const std::string& version) {
  return tar::file("srv/node_modules/left-pad/package.json",
                   R"({"name":"left-pad","version":")" + version + "\"}");
}

/// A docker-archive.
std::string archive_of(const std::string& name, const std::string& created,
                       const std::vector<std::string>& layers,
                       const std::string& config = R"({"Cmd":["sh"]})") {
  std::string text;
  std::string ids;
  std::string paths;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string layer = layers[i] + tar::end();
    const std::string path = std::to_string(i) + "/layer.tar";
    text += tar::file(path, layer);
    ids += (i > 0 ? ",\"" : "\"") + archive::sha256_of(layer) + '"';
    paths += (i > 0 ? ",\"" : "\"") + path + '"';
  }
  text += tar::file("c.json", R"({"os":"linux","architecture":"amd64","created":")" + created +
                                  R"(","config":)" + config + R"(,"rootfs":{"diff_ids":[)" + ids +
                                  "]}}");
  text += tar::file("manifest.json", R"([{"Config":"c.json","RepoTags":[")" + name +
                                         R"("],"Layers":[)" + paths + "]}]");
  return text + tar::end();
}

class BaseCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("feeds/a.json", kAdvisory);
    folder_.write("feeds/b.json", kOfLeftPad);
    const Outcome made = run({"db", "import", folder_.path() + "/feeds", "--quiet"});
    ASSERT_EQ(made.status, 0) << made.err;
    old_ = folder_.write("old.tar",
                         archive_of("python:3.11", "2024-01-01T00:00:00Z", {debian("1:1.2.13-1")}));
    new_ = folder_.write("new.tar",
                         archive_of("python:3.11", "2024-02-01T00:00:00Z", {debian("1:1.2.13-2")}));
    slim_ =
        folder_.write("slim.tar", archive_of("python:3.11-slim", "2024-02-01T00:00:00Z",
                                             {debian("1:1.2.13-2") + tar::file("etc/slim", "x")}));
    app_ = folder_.write("app.tar", archive_of("app:1", "2024-03-01T00:00:00Z",
                                               {debian("1:1.2.13-1"), library("1.3.0")}));
  }

  Outcome run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), PLIMSOLL_EXECUTABLE);
    return test::run(arguments, {},
                     {"XDG_DATA_HOME=" + folder_.path() + "/data", "SOURCE_DATE_EPOCH=1795305600"});
  }
  Json json(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--format", "json"});
    const Outcome outcome = run(arguments);
    Json parsed = Json::parse(outcome.out, nullptr, false);
    EXPECT_FALSE(parsed.is_discarded()) << outcome.err;
    return parsed;
  }
  void add(const std::vector<std::string>& images) const {
    for (const std::string& image : images) {
      const Outcome added = run({"base", "add", image});
      ASSERT_EQ(added.status, 0) << added.err;
    }
  }

  Folder folder_;
  std::string old_, new_, slim_, app_;
};

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

TEST_F(BaseCommand, RecommendShowsTheEditAndWritesItWhenChosen) {
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

TEST_F(BaseCommand, WhatIsMoreThanARebuildIsNotWrittenUnasked) {
  add({old_, slim_});
  const std::string file = folder_.write("Dockerfile", "FROM python:3.11\n");
  const Outcome refused = run({"recommend", "--file", file, "--write"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("--choose python:3.11-slim"), std::string::npos) << refused.err;
  EXPECT_EQ(run({"recommend", app_, "--write"}).status, 2);
  EXPECT_EQ(run({"recommend"}).status, 2);
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

}  // namespace
}  // namespace plimsoll::test
