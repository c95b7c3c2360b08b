#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "archive/sha256.h"
#include "image/sample_tar.h"
#include "process.h"

/// Images, bases and advisories that the tests of `base`, `quickview`, `recommend` and `compare`
/// make themselves.
namespace plimsoll::test {

using Json = nlohmann::json;
namespace tar = image::sample_tar;

inline constexpr const char* kAdvisory = R"({
  "id": "CVE-2024-0001", "modified": "2024-02-01T00:00:00Z", "summary": "Overflow",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
  "affected": [{"package": {"ecosystem": "Debian:12", "name": "zlib"},
    "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1:1.2.13-2"}]}]}]})";
inline constexpr const char* kOfLeftPad = R"({
  "id": "CVE-2024-0002", "modified": "2024-02-01T00:00:00Z", "summary": "Pads on the wrong side",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
  "affected": [{"package": {"ecosystem": "npm", "name": "left-pad"},
    "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.1"}]}]}]})";

/// A layer with Debian 12 and zlib of this version.
inline std::string debian(const std::string& zlib) {
  return tar::file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n") +
         tar::file("var/lib/dpkg/status",
                   "Package: zlib1g\nStatus: install ok installed\n"
                   "Source: zlib\nArchitecture: amd64\nVersion: " +
                       zlib + "\n\n");
}

inline std::string library(const std::string& version) {
  return tar::file("srv/node_modules/left-pad/package.json",
                   R"({"name":"left-pad","version":")" + version + "\"}");
}

/// A docker-archive.
inline std::string archive_of(const std::string& name, const std::string& created,
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

}  // namespace plimsoll::test
