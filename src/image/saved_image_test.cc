#include "image/saved_image.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "archive/sha256.h"
#include "image/sample_store.h"

namespace plimsoll::image {
namespace {

using Files = SampleStore;

std::string config(const std::string& architecture, int layers = 2) {
  std::string ids;
  for (int i = 0; i < layers; ++i)
    ids += (i > 0 ? ",\"sha256:d" : "\"sha256:d") + std::to_string(i) + '"';
  return R"({"os":"linux","architecture":")" + architecture + R"(","rootfs":{"diff_ids":[)" + ids +
         R"(]},"history":[{"created_by":"FROM a"},{"created_by":"ENV A=1","empty_layer":true},)"
         R"({"created_by":"RUN b"}]})";
}

std::string manifest(Files& files, const std::string& architecture) {
  const std::string digest = files.blob(config(architecture));
  return R"({"config":{"digest":")" + digest + R"("},"layers":[{"digest":")" +
         files.blob("one " + architecture) + R"("},{"digest":")" + files.blob("two") + R"("}]})";
}

std::string described(const std::string& digest, const std::string& more = {}) {
  return R"({"digest":")" + digest + '"' + more + '}';
}

void layout(Files& files, const std::string& manifests) {
  files.files["oci-layout"] = R"({"imageLayoutVersion":"1.0.0"})";
  files.files["index.json"] = R"({"manifests":[)" + manifests + "]}";
}

std::string message(const Result<SavedImage>& image) {
  return image ? "" : image.error().message;
}

TEST(SavedImage, ReadsADockerArchive) {
  Files files;
  files.files["c.json"] = config("amd64");
  files.files["1/layer.tar"] = "one";
  files.files["2/layer.tar"] = "three";
  files.files["manifest.json"] =
      R"([{"Config":"c.json","RepoTags":["app:1"],"Layers":["1/layer.tar","2/layer.tar"]}])";
  const auto image = read_saved_image(files);
  ASSERT_TRUE(image) << message(image);
  EXPECT_EQ(image->names, std::vector<std::string>{"app:1"});
  EXPECT_EQ(image->config_digest, archive::sha256_of(config("amd64")));
  EXPECT_EQ(image->platform.to_string(), "linux/amd64");
  ASSERT_EQ(image->layers.size(), 2U);
  EXPECT_EQ(image->layers[0].instruction, "FROM a");
  EXPECT_EQ(image->layers[1].instruction, "RUN b");
  EXPECT_EQ(image->layers[1].diff_id, "sha256:d1");
  EXPECT_EQ(image->layers[1].size, 5U);
}

TEST(SavedImage, OfSeveralInAnArchiveTheNamedOne) {
  Files files;
  files.files["c.json"] = config("amd64", 0);
  files.files["manifest.json"] = R"([{"Config":"c.json","RepoTags":["a:1"],"Layers":[]},)"
                                 R"({"Config":"c.json","RepoTags":["b:latest"],"Layers":[]}])";
  EXPECT_EQ(read_saved_image(files)->names[0], "a:1");
  EXPECT_EQ(read_saved_image(files, {.name = "docker.io/library/b", .platform = {}})->names[0],
            "b:latest");
  EXPECT_EQ(message(read_saved_image(files, {.name = "c:1", .platform = {}})),
            "no such image; there is: a:1, b:latest");
}

TEST(SavedImage, ReadsAnOciLayout) {
  Files files;
  const std::string digest = files.blob(manifest(files, "arm64"));
  layout(files,
         described(digest, R"(,"annotations":{"org.opencontainers.image.ref.name":"app:1"})"));
  const auto image = read_saved_image(files);
  ASSERT_TRUE(image) << message(image);
  EXPECT_EQ(image->digest, digest);
  EXPECT_EQ(image->names, std::vector<std::string>{"app:1"});
  EXPECT_EQ(image->layers[0].digest, archive::sha256_of("one arm64"));
}

TEST(SavedImage, KeepsWhatItsManifestIsAnnotatedWith) {
  Files files;
  std::string text = manifest(files, "amd64");
  text.insert(1, R"("annotations":{"org.opencontainers.image.base.name":"debian:12","odd":7},)");
  layout(files, described(files.blob(text)));
  const auto image = read_saved_image(files);
  ASSERT_TRUE(image) << message(image);
  const std::map<std::string, std::string> want{
      {"org.opencontainers.image.base.name", "debian:12"}};
  EXPECT_EQ(image->annotations, want);
}

TEST(SavedImage, ChoosesThePlatform) {
  Files files;
  const std::string inner =
      R"({"manifests":[)" +
      described(files.blob(manifest(files, "amd64")),
                R"(,"platform":{"os":"linux","architecture":"amd64"})") +
      ',' +
      described(files.blob(manifest(files, "arm64")),
                R"(,"platform":{"os":"linux","architecture":"arm64","variant":"v8"})") +
      ',' +
      described("sha256:" + std::string(64, '0'),
                R"(,"annotations":{"vnd.docker.reference.type":"attestation-manifest"})") +
      "]}";
  layout(files, described(files.blob(inner)));
  EXPECT_EQ(read_saved_image(files)->platform.architecture, "amd64");
  EXPECT_EQ(read_saved_image(files, {.name = "", .platform = *parse_platform("linux/arm64")})
                ->platform.architecture,
            "arm64");
  EXPECT_EQ(message(read_saved_image(files, {.name = "", .platform = *parse_platform("s390x")})),
            "no such image; there is: linux/amd64, linux/arm64/v8");
}

TEST(SavedImage, WhatDockerDidNotFetchIsPassedOver) {
  Files files;
  layout(files, described("sha256:" + std::string(64, 'a')) + ',' +
                    described(files.blob(manifest(files, "amd64"))));
  EXPECT_TRUE(read_saved_image(files));
}

TEST(SavedImage, ADigestIsChecked) {
  Files files;
  const std::string digest = files.blob(manifest(files, "amd64"));
  layout(files, described(digest));
  files.files["blobs/sha256/" + digest.substr(7)] += ' ';
  EXPECT_NE(message(read_saved_image(files)).find("is not what its digest says"),
            std::string::npos);
}

TEST(SavedImage, OneThatIsBothManifestAndIndexIsRejected) {
  Files files;
  std::string both = manifest(files, "amd64");
  both.insert(1, R"("manifests":[],)");
  layout(files, described(files.blob(both)));
  EXPECT_NE(message(read_saved_image(files)).find("neither a manifest nor an index, or both"),
            std::string::npos);
}

TEST(SavedImage, BrokenOnesAreSaid) {
  struct Case {
    const char* path;
    const char* text;
    const char* wrong;
  };
  for (const Case& each :
       {Case{"manifest.json", "[", "'manifest.json' is no JSON"},
        Case{"manifest.json", "{}", "manifest.json is no list"},
        Case{"manifest.json", "[]", "no such image; there is: none"},
        Case{"manifest.json", R"([{"Config":"c.json","Layers":[]}])", "it has no 'c.json'"},
        Case{"a", "",
             "neither a docker-archive nor an OCI layout: it has no manifest.json and no "
             "index.json"}}) {
    Files files;
    files.files[each.path] = each.text;
    EXPECT_EQ(message(read_saved_image(files)), each.wrong) << each.text;
  }
  Files files;
  files.files["c.json"] = config("amd64", 3);
  files.files["manifest.json"] = R"([{"Config":"c.json","Layers":["1/layer.tar"]}])";
  EXPECT_EQ(message(read_saved_image(files)),
            "the configuration tells of 3 layers, the manifest of 1");
  files.files["c.json"] = config("amd64", 1);
  EXPECT_EQ(message(read_saved_image(files)), "the layer '1/layer.tar' is missing");
}

TEST(Platform, IsReadAsPeopleWriteIt) {
  EXPECT_EQ(parse_platform("linux/arm64/v8")->to_string(), "linux/arm64/v8");
  EXPECT_EQ(parse_platform("arm64")->architecture, "arm64");
  for (const char* wrong : {"", "linux/", "a/b/c/d", "/amd64"}) {
    EXPECT_FALSE(parse_platform(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace plimsoll::image
