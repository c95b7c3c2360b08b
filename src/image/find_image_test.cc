#include "image/find_image.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>
#include <thread>

#include "archive/sha256.h"
#include "core/ascii.h"
#include "core/base64.h"
#include "image/made_layout.h"
#include "image/sample_folder.h"
#include "image/sample_tar.h"

namespace plimsoll::image {
namespace {

class FindImageTest : public testing::Test {
 protected:
  /// No engine and no registry is here.
  Result<FoundImage> find(const std::string& name, const Platform& platform = {}) const {
    ImageRequest request{.name = name, .choice = {.name = {}, .platform = platform}};
    request.variable = [this](std::string_view key) -> std::string {
      if (key == "DOCKER_HOST" || key == "CONTAINER_HOST") return "unix:///nonexistent/socket";
      if (key == "CONTAINERS_REGISTRIES_CONF") return folder_.path() + "/none";
      return {};
    };
    return find_image(request);
  }
  /// "names; layers" or why there is none.
  std::string tell(const std::string& name) const {
    const auto found = find(name);
    if (!found) return std::string(to_string(found.error().code)) + ": " + found.error().message;
    std::string text;
    for (const std::string& each : found->image.names) text += each + ' ';
    return text + std::to_string(found->image.layers.size()) +
           (found->stream == nullptr ? "" : " stream") + (found->store == nullptr ? "" : " store");
  }

  static std::string config() {
    return R"({"os":"linux","architecture":"amd64","rootfs":{"diff_ids":[")" +
           archive::sha256_of(sample_tar::end()) + R"("]}})";
  }
  static std::string archive() {
    return sample_tar::file("manifest.json",
                            R"([{"Config":"c.json","RepoTags":["app:1"],"Layers":["l.tar"]}])") +
           sample_tar::file("c.json", config()) + sample_tar::file("l.tar", sample_tar::end()) +
           sample_tar::end();
  }

  SampleFolder folder_;
};

TEST_F(FindImageTest, AnArchiveIsFoundWithAndWithoutPrefix) {
  const std::string path = folder_.add("app.tar", archive());
  for (const char* prefix : {"", "docker-archive:", "docker-archive://", "archive://"}) {
    EXPECT_EQ(tell(prefix + path), "app:1 1 store") << prefix;
  }
  EXPECT_EQ(tell("docker-archive:" + path + ":app:1"), "app:1 1 store");
  EXPECT_EQ(tell("docker-archive:" + path + ":app:2").substr(0, 10), "not found:");
}

TEST_F(FindImageTest, APathMayHoldColons) {
  EXPECT_EQ(tell(folder_.add("a:b/app:1.tar", archive())), "app:1 1 store");
}

TEST_F(FindImageTest, ACompressedArchiveComesInOneGo) {
  // gzip -n of two empty blocks.
  const std::string gzip = "H4sIAAAAAAACA2NgGAWjYBSMVAAALq+17wAEAAA=";
  const auto found = find(folder_.add("app.tar.gz", decode_base64(gzip).value()));
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_NE(found->stream, nullptr);
  std::string bytes(2000, 'x');
  EXPECT_EQ(archive::read_fully(*found->stream, bytes).value(), 1024U);
}

TEST_F(FindImageTest, APipeComesInOneGo) {
  const std::string path = folder_.path() + "/pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(path, std::ios::binary) << archive(); });
  const auto found = find("docker-archive:" + path);
  ASSERT_TRUE(found) << found.error().message;
  std::string bytes(archive().size() + 10, '\0');
  EXPECT_EQ(archive::read_fully(*found->stream, bytes).value(), archive().size());
  writer.join();
}

TEST_F(FindImageTest, AnotherFileIsAnError) {
  EXPECT_EQ(tell(folder_.add("app.tar", std::string(2000, 'x'))).substr(0, 8), "invalid:");
  // Nobody looks for it elsewhere: it is here, and not what was hoped.
  EXPECT_EQ(tell(folder_.add("app:2", std::string(2000, 'x'))).substr(0, 8), "invalid:");
}

TEST_F(FindImageTest, AFolderIsALayoutOrAFileSystem) {
  const std::string empty = folder_.path() + "/empty";
  std::filesystem::create_directory(empty);
  EXPECT_NE(tell(empty).find("dir:FOLDER"), std::string::npos) << tell(empty);
  EXPECT_EQ(tell("dir:" + empty), empty + " 1");
  EXPECT_EQ(tell("oci-dir:" + empty), "not found: no OCI layout: it has no index.json");
  folder_.add("empty/etc/os-release", "ID=debian\n");
  const auto found = find(empty);
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->image.layers.at(0).folder, empty);
  EXPECT_EQ(found->store, nullptr);
}

TEST_F(FindImageTest, WhatNobodyHasIsToldByEach) {
  const std::string said = tell(folder_.path() + "/none");
  for (const char* each : {"archive: ", "layout: ", "file system: ", "docker: ", "podman: ",
                           "containers-storage: ", "containerd: ", "registry: "}) {
    EXPECT_NE(said.find(each), std::string::npos) << each << " is not in " << said;
  }
  EXPECT_TRUE(said.starts_with("not found: no such image: bill of materials: ")) << said;
  // Where somebody could not even be asked, nobody knows.
  EXPECT_TRUE(tell("127.0.0.1:1/none").starts_with("environment: no such image: "));
}

TEST_F(FindImageTest, APrefixAloneNamesNothing) {
  EXPECT_EQ(find("registry:").error().code, ErrorCode::kUsage);
  EXPECT_EQ(find("containerd:[/x]").error().code, ErrorCode::kUsage);
}

TEST_F(FindImageTest, AHostWithItsPortIsNoPrefix) {
  const std::string said = tell("registry:1/team/app");
  EXPECT_NE(said.find("docker: "), std::string::npos) << said;
  EXPECT_NE(said.find("registry: "), std::string::npos) << said;
}

TEST_F(FindImageTest, NamesThatAreNoneAreRefusedBeforeAnyoneIsAsked) {
  for (const char* name : {"docker:../containers/json", "docker:a?b", "podman:a b", "container:a/b",
                           "container:-x", "docker:a%2fb", "registry:a b", "registry:A"}) {
    const auto found = find(name);
    ASSERT_FALSE(found) << name;
    EXPECT_EQ(found.error().code, ErrorCode::kUsage) << name;
  }
}

TEST(ImageSources, HavePrefixesWithTheirMark) {
  std::set<int> ranks;
  for (const ImageSource* source : all_image_sources()) {
    EXPECT_FALSE(source->what.empty()) << source->name;
    for (const std::string_view prefix : ascii::split(source->prefixes, ' ')) {
      EXPECT_TRUE(prefix.ends_with(':') || prefix.ends_with("://")) << prefix;
    }
    if (source->rank > 0) {
      EXPECT_TRUE(ranks.insert(source->rank).second) << source->name;
    }
  }
}

TEST(ImageSources, AreDescribedForPeople) {
  std::ifstream file(std::string(PLIMSOLL_SOURCE_DIR) + "/docs/image-sources.md");
  const std::string page{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  for (const ImageSource* source : all_image_sources()) {
    for (const std::string_view prefix : ascii::split(source->prefixes, ' ')) {
      EXPECT_NE(page.find('`' + std::string(prefix) + '`'), std::string::npos) << prefix;
    }
  }
}

// --- containers/storage
// ----------------------------------------------------------------------------

class ContainersStorageTest : public FindImageTest {
 protected:
  static std::string hex(char digit) { return std::string(64, digit); }

  void add_image(const std::string& driver = "overlay") {
    const std::string config_digest = archive::sha256_of(config());
    const std::string manifest = R"({"schemaVersion":2,"config":{"digest":")" + config_digest +
                                 R"("},"layers":[{"digest":"sha256:)" + hex('d') +
                                 R"(","size":5}]})";
    const std::string images = "store/" + driver + "-images/";
    folder_.add(images + "images.json", R"([{"id":")" + hex('a') + R"(","layer":")" + hex('b') +
                                            R"(","names":["localhost/app:1"]}])");
    folder_.add(images + hex('a') + "/manifest", manifest);
    folder_.add(images + hex('a') + "/=" + encode_base64(config_digest), config());
    add_layer(hex('b'), archive::sha256_of(sample_tar::end()));
  }
  void add_layer(const std::string& id, const std::string& diff) {
    folder_.add("store/overlay-layers/layers.json",
                R"([{"id":")" + id + R"(","diff-digest":")" + diff + R"("}])");
  }
  std::string ask(const std::string& name = "app:1") {
    return tell("containers-storage:[overlay@" + folder_.path() + "/store]" + name);
  }
};

TEST_F(ContainersStorageTest, GivesAFolderPerLayer) {
  add_image();
  EXPECT_EQ(ask(), "app:1 1");
  EXPECT_EQ(ask("localhost/app:1"), "localhost/app:1 1");
  EXPECT_EQ(ask(hex('a').substr(0, 12)), hex('a').substr(0, 12) + " 1");
  EXPECT_EQ(ask("app:2"), "not found: it has no such image");
  const auto found = find("containers-storage:[" + folder_.path() + "/store]app:1");
  EXPECT_EQ(found->image.layers.at(0).folder,
            folder_.path() + "/store/overlay/" + hex('b') + "/diff");
}

TEST_F(ContainersStorageTest, LayersAreWhatTheConfigurationSays) {
  add_image();
  add_layer(hex('b'), "sha256:" + hex('0'));
  EXPECT_EQ(ask().substr(0, 8), "invalid:");
  add_layer("../../etc", archive::sha256_of(sample_tar::end()));
  EXPECT_EQ(ask().substr(0, 8), "invalid:");
}

TEST_F(ContainersStorageTest, AnotherDriverIsTold) {
  add_image("vfs");
  EXPECT_NE(ask().find("the driver vfs; only overlay's are read"), std::string::npos) << ask();
}

TEST_F(ContainersStorageTest, BrokenListsAreTold) {
  add_image();
  for (const char* text : {"{", "{}", "[1]", R"([{"names":["localhost/app:1"]}])",
                           R"([{"names":["localhost/app:1"],"id":"../../../../etc"}])"}) {
    folder_.add("store/overlay-images/images.json", text);
    const std::string said = ask();
    EXPECT_TRUE(said.starts_with("invalid:") || said.starts_with("not found:")) << said;
  }
}

TEST(RootedName, IsARootBeforeAName) {
  const auto tell = [](std::string_view text) {
    const RootedName name = rooted_name(text);
    return name.root + " " + name.name;
  };
  EXPECT_EQ(tell("app:1"), " app:1");
  EXPECT_EQ(tell("[/a/b]app:1"), "/a/b app:1");
  EXPECT_EQ(tell("[overlay@/a/b+/run]r.example/app:1"), "/a/b r.example/app:1");
  EXPECT_EQ(tell("[/a"), " [/a");
}

}  // namespace
}  // namespace plimsoll::image
