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
                       const std::string& config = R"({"Cmd":["sh"]})",
                       const std::string& history = "[]") {
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
                                  R"(","config":)" + config + R"(,"history":)" + history +
                                  R"(,"rootfs":{"diff_ids":[)" + ids + "]}}");
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

  /// An OCI layout of one layer; it calls the image by this.
  struct Layout {
    std::string path, digest;
  };
  Layout layout_of(const std::string& name, const std::string& created,
                   const std::string& layer) const {
    const std::string folder = name + created.substr(0, 10) + '/';
    const auto blob = [&](const std::string& bytes) {
      const std::string digest = archive::sha256_of(bytes);
      folder_.write(folder + "blobs/sha256/" + digest.substr(7), bytes);
      return R"("digest":")" + digest + R"(","size":)" + std::to_string(bytes.size());
    };
    const std::string whole = layer + tar::end();
    const std::string config = R"({"os":"linux","architecture":"amd64","created":")" + created +
                               R"(","config":{"Cmd":["sh"]},"rootfs":{"diff_ids":[")" +
                               archive::sha256_of(whole) + "\"]}}";
    const std::string manifest =
        R"({"schemaVersion":2,"config":{"mediaType":)"
        R"("application/vnd.oci.image.config.v1+json",)" +
        blob(config) + R"(},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar",)" +
        blob(whole) + "}]}";
    folder_.write(folder + "oci-layout", R"({"imageLayoutVersion":"1.0.0"})");
    folder_.write(folder + "index.json",
                  R"({"schemaVersion":2,"manifests":[{"mediaType":)"
                  R"("application/vnd.oci.image.manifest.v1+json",)" +
                      blob(manifest) + R"(,"annotations":{"org.opencontainers.image.ref.name":")" +
                      name + "\"}}]}");
    return {folder_.path() + '/' + folder, archive::sha256_of(manifest)};
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

TEST_F(BaseCommand, ATagAloneIsNoName) {
  const Layout layout = layout_of("3.11", "2024-01-01T00:00:00Z", debian("1:1.2.13-1"));
  const Outcome refused = run({"base", "add", layout.path});
  EXPECT_EQ(refused.status, 2);
  EXPECT_NE(refused.err.find("give one with --as"), std::string::npos) << refused.err;
  EXPECT_EQ(run({"base", "add", layout.path, "--as", "python:3.11"}).status, 0);
}

TEST_F(BaseCommand, ADigestWithoutATagIsOfTheImageThatHasIt) {
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

TEST_F(BaseCommand, ADockerfileOfAnotherBaseIsNotEdited) {
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

TEST_F(BaseCommand, WhatCannotBeEditedGivesWayToTheBestThatCan) {
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

TEST_F(BaseCommand, StagesThatStayOnTheOldBaseAreNamed) {
  add({old_, slim_});
  const std::string file =
      folder_.write("Dockerfile", "FROM python:3.11 AS build\nFROM python:3.11\n");
  const Outcome shown = run({"recommend", "--file", file, "--no-color"});
  EXPECT_NE(shown.out.find("Not edited: stage build, which stays on python:3.11"),
            std::string::npos)
      << shown.out;
}

TEST_F(BaseCommand, TheNameThatTheDockerfileHasIsTheBases) {
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

TEST_F(BaseCommand, ARefreshThatBringsAnotherDistributionSaysSo) {
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

TEST_F(BaseCommand, WhatIsNotKnownIsNotRecommended) {
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

TEST_F(BaseCommand, WhatHidesWhenItWasMadeHasNoDay) {
  add({folder_.write("day.tar",
                     archive_of("a:1", "0001-01-01T00:00:00Z", {debian("1:1.2.13-1")}))});
  EXPECT_EQ(run({"base", "list"}).out.find("0001"), std::string::npos);
  EXPECT_EQ(json({"compare", "base:a:1", app_})["before"]["reference"], "a:1");
}

TEST_F(BaseCommand, AnEditOfADosFileIsShownPlainly) {
  add({old_, slim_});
  const std::string file = folder_.write("Dockerfile", "FROM python:3.11\r\nUSER 1000\r\n");
  const Outcome shown = run({"recommend", "--file", file, "--no-color"});
  EXPECT_NE(shown.out.find("+FROM python:3.11-slim\n"), std::string::npos) << shown.out;
}

TEST_F(BaseCommand, ComparesTwoTimesOfOneTagInAnySpelling) {
  add({old_, new_});
  const Json comparison =
      json({"compare", "docker.io/library/python:3.11@previous", "python:3.11"});
  EXPECT_EQ(comparison["after"]["reference"], "python:3.11 of 2024-02-01");
}

}  // namespace
}  // namespace plimsoll::test
