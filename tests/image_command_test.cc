// `plimsoll image` and `plimsoll sbom` on images that the test writes itself.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "image/sample_image.h"
#include "process.h"

namespace plimsoll::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using image::sample_tar::file;

/// Put together here, so that this file itself holds none.
const std::string kToken = std::string("ghp") + "_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx";

/// A small Alpine with a secret that the last layer removes.
image::SampleStore sample() {
  return image::sample_archive(
      {file("etc/os-release",
            "ID=alpine\nVERSION_ID=3.22.1\nPRETTY_NAME=\"Alpine Linux v3.22\"\n") +
           file("lib/apk/db/installed",
                "P:musl\nV:1.2.5-r9\nA:x86_64\n\nP:busybox\nV:1.37.0-r14\n\n"),
       file("app/.npmrc", "//registry.example/:_authToken=" + kToken + "\n") +
           file("app/node_modules/left-pad/package.json",
                R"({"name":"left-pad","version":"1.3.0","license":"WTFPL"})") +
           file("app/data", std::string(400'000, 'd')),
       file("app/.wh..npmrc", "") + file("app/.wh.data", "")},
      R"("created":"2026-11-01T00:00:00Z","architecture":"amd64",
         "config":{"User":"1000","Cmd":["node","a.js"],"Env":["A=b"]},
         "history":[{"created_by":"/bin/sh -c #(nop) ADD file:x in / "},
                    {"created_by":"/bin/sh -c #(nop)  CMD [\"sh\"]","empty_layer":true},
                    {"created_by":"COPY . /app # buildkit"},
                    {"created_by":"RUN /bin/sh -c rm /app/.npmrc /app/data # buildkit"}],)");
}

class ImageCommand : public testing::Test {
 protected:
  void SetUp() override {
    std::string tar;
    const image::SampleStore store = sample();
    for (const auto& [name, bytes] : store.files) {
      tar += file(name, bytes);
      folder_.write("saved/" + name, bytes);
    }
    path_ = folder_.write("app.tar", tar + image::sample_tar::end());
  }

  Outcome image(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"image", path_, "--no-cache"});
    return plimsoll(arguments);
  }

  Folder folder_;
  std::string path_;
};

TEST_F(ImageCommand, TellsWhatTheImageIs) {
  const Outcome outcome = image({"--format", "json"});
  const Json report = Json::parse(outcome.out, nullptr, false);
  ASSERT_TRUE(report.is_object()) << outcome.err;
  EXPECT_EQ(outcome.status, 1) << "a secret is of high severity";
  const Json& about = report["image"];
  EXPECT_EQ(about["os"], "alpine 3.22.1");
  EXPECT_EQ(about["platform"], "linux/amd64");
  EXPECT_EQ(about["layers"].size(), 3U);
  EXPECT_EQ(about["layers"][1]["instruction"], "COPY . /app");
  EXPECT_EQ(about["base"]["layers"], 1);
  EXPECT_GE(about["hidden"], 400'000);
  EXPECT_EQ(about["waste"][0]["id"], "removed-later");
  std::set<std::string> packages;
  for (const Json& package : report["packages"]) packages.insert(package["purl"]);
  EXPECT_EQ(packages.count("pkg:npm/left-pad@1.3.0"), 1U);
  EXPECT_EQ(packages.size(), 3U);
  EXPECT_TRUE(report["complete"].get<bool>());
}

TEST_F(ImageCommand, ASecretThatWasRemovedIsFoundAndNotShown) {
  for (const char* format : {"json", "table", "sarif", "markdown", "csv", "junit", "html"}) {
    const Outcome outcome = image({"--format", format, "--verbose", "--with-source"});
    EXPECT_NE(outcome.out.find("app/.npmrc"), std::string::npos) << format;
    EXPECT_EQ((outcome.out + outcome.err).find(kToken.substr(0, 12)), std::string::npos) << format;
  }
  const Outcome outcome = image({"--format", "json"});
  const Json report = Json::parse(outcome.out);
  bool found = false;
  for (const Json& finding : report["findings"]) {
    if (finding["path"] != "app/.npmrc" || finding["control"] != "no-secrets") continue;
    found = true;
    EXPECT_EQ(finding["line"], 1);
    EXPECT_EQ(finding["evidence"]["instruction"], "COPY . /app");
    EXPECT_EQ(finding["evidence"]["removed by"], "RUN rm /app/.npmrc /app/data");
  }
  EXPECT_TRUE(found);
  EXPECT_EQ(image({"--no-secrets"}).status, 0);
}

TEST_F(ImageCommand, TheTableFitsAScreen) {
  const Outcome outcome = image({"--no-color"});
  EXPECT_NE(outcome.out.find("Alpine Linux v3.22"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("starts    node a.js, as 1000"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("packages  3: Alpine 2, npm 1"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("Next: "), std::string::npos) << outcome.out;
  EXPECT_LE(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 50);
}

TEST_F(ImageCommand, GatesFail) {
  const auto gated = [this](const std::string& option, const std::string& value) {
    return image({"--no-secrets", option, value});
  };
  EXPECT_EQ(gated("--max-size", "10MB").status, 0);
  EXPECT_EQ(gated("--min-efficiency", "0").status, 0);
  const Outcome large = gated("--max-size", "100k");
  EXPECT_EQ(large.status, 1);
  EXPECT_NE(large.err.find("--max-size allows 100 kB"), std::string::npos) << large.err;
  EXPECT_EQ(gated("--min-efficiency", "95").status, 1);
  EXPECT_EQ(gated("--max-size", "big").status, 2);
  EXPECT_EQ(image({"--no-secrets", "--max-size", "1k", "--exit-code", "7"}).status, 7);
}

TEST_F(ImageCommand, TheAnswerDoesNotDependOnHowItIsRead) {
  const std::string cache = folder_.path() + "/cache";
  const std::string first = image({"--format", "json", "--jobs", "1"}).out;
  EXPECT_EQ(image({"--format", "json", "--jobs", "4"}).out, first);
  for (int times = 0; times < 2; ++times) {
    EXPECT_EQ(plimsoll({"image", path_, "--format", "json", "--cache-dir", cache}).out, first);
  }
  EXPECT_FALSE(fs::is_empty(cache + "/layers"));
  EXPECT_FALSE(fs::is_empty(cache + "/images"));
  for (const auto& kept : fs::recursive_directory_iterator(cache)) {
    if (!kept.is_regular_file()) continue;
    std::ifstream in(kept.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    EXPECT_EQ(bytes.find(kToken.substr(0, 12)), std::string::npos) << "the cache holds the secret";
  }
}

/// What was told of an image is told again of its bytes only, not of what claims to be it.
TEST_F(ImageCommand, AForgedLayerIsNotTakenForTheKnownOne) {
  const std::string cache = folder_.path() + "/cache";
  const auto status_of = [&](const std::string& path) {
    return plimsoll({"image", path, "--no-secrets", "--cache-dir", cache}).status;
  };
  EXPECT_EQ(status_of(path_), 0);
  std::ifstream in(path_, std::ios::binary);
  std::string forged(std::istreambuf_iterator<char>(in), {});
  const std::size_t at = forged.find("1.2.5-r9");
  ASSERT_NE(at, std::string::npos);
  forged[at] = '9';
  EXPECT_EQ(status_of(folder_.write("forged.tar", forged)), 3);
  folder_.write("app.tar", forged);
  EXPECT_EQ(status_of(path_), 3) << "the same file, with other bytes";
}

TEST_F(ImageCommand, FoldersAndTarsSayTheSame) {
  const auto packages = [](const Outcome& outcome) {
    const Json report = Json::parse(outcome.out, nullptr, false);
    return report.is_object() ? report["packages"].dump() : outcome.err;
  };
  const std::string first = packages(plimsoll({"sbom", path_, "--no-cache"}));
  EXPECT_EQ(packages(plimsoll({"sbom", "docker-archive:" + path_, "--no-cache"})), first);
  EXPECT_EQ(packages(plimsoll({"sbom", folder_.path() + "/saved", "--no-cache"})), first);
}

TEST_F(ImageCommand, WhatIsNoImageIsRejected) {
  const std::string text = folder_.write("text.tar", "no tar");
  EXPECT_EQ(plimsoll({"image", text, "--no-cache"}).status, 3);
  EXPECT_EQ(plimsoll({"image", folder_.path() + "/nothing.tar", "--no-cache"}).status, 3);
  EXPECT_EQ(plimsoll({"image"}).status, 2);
}

TEST_F(ImageCommand, ParsesInASandbox) {
  const Outcome outcome = image({"--verbose"});
  EXPECT_NE(outcome.err.find("parsed in a sandbox of: "), std::string::npos) << outcome.err;
  const Outcome required = image({"--require-sandbox", "--no-secrets"});
  EXPECT_TRUE(required.status == 0 || required.status == 5) << required.err;
}

TEST_F(ImageCommand, ParsesABillOfMaterialsThereToo) {
  const std::string bill = folder_.write(
      "app.cdx.json",
      R"({"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "left-pad",
          "version": "1.3.0", "purl": "pkg:npm/left-pad@1.3.0"}]})");
  const Outcome outcome = plimsoll({"image", "sbom:" + bill, "--no-vulnerabilities", "--verbose"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("parsed in a sandbox of: "), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.out.find("npm 1"), std::string::npos) << outcome.out;
  const Outcome required = plimsoll({"sbom", "sbom:" + bill, "--require-sandbox"});
  EXPECT_TRUE(required.status == 0 || required.status == 5) << required.err;
  const std::string broken = folder_.write("broken.cdx.json", R"({"bomFormat": "CycloneDX", )");
  const Outcome refused = plimsoll({"image", "sbom:" + broken, "--no-vulnerabilities"});
  EXPECT_EQ(refused.status, 3) << refused.out;
  EXPECT_NE(refused.err.find("broken.cdx.json"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace plimsoll::test
