#include "image/inventory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "image/sample_image.h"

namespace plimsoll::image {
namespace {

using sample_tar::file;
using sample_tar::header;

std::string apk(const std::string& name, const std::string& version) {
  return "P:" + name + "\nV:" + version + "\n\n";
}

const std::string kDatabase = "lib/apk/db/installed";

/// "name version of layer N;" of each package.
std::string listed(const Inventory& inventory) {
  std::string text;
  for (const Package& package : inventory.packages) {
    std::size_t layer = 0;
    while (inventory.image.layers[layer].diff_id != package.layer) ++layer;
    text += package.name + ' ' + package.version + " of layer " + std::to_string(layer) + ';';
  }
  return text;
}

Inventory take(const std::vector<std::string>& layers) {
  return inventory_of(sample_archive(layers));
}

TEST(Inventory, KeepsNoHashOfAPassword) {
  const SampleStore store = sample_archive(
      {sample_tar::file("etc/shadow", "root:$6$salt$hash:1::::::\napp::1::::::\nbin:*:1::::::\n")});
  const Inventory inventory = inventory_of(store);
  EXPECT_EQ(inventory.fact("etc/shadow"), "root:set\napp:empty\nbin:locked\n");
  EXPECT_EQ(inventory_of(sample_archive({sample_tar::file(
                             "etc/passwd",
                             "root:$1$hash:0:0::/root:/bin/sh\na::1\nb:x:2\nc:*:3\n"
                             "old:hash\nnone\n")}))
                .fact("etc/passwd"),
            "root:x:0:0::/root:/bin/sh\na::1\nb:x:2\nc:*:3\nold:x\nnone\n");
}

TEST(Inventory, TheLastDatabaseHolds) {
  const Inventory inventory =
      take({file(kDatabase, apk("musl", "1")), file("etc/x", ""),
            file("./lib//apk/db/installed", apk("musl", "2") + apk("curl", "8"))});
  EXPECT_EQ(listed(inventory), "curl 8 of layer 2;musl 2 of layer 2;");
  EXPECT_TRUE(inventory.problems.empty());
}

TEST(Inventory, WhatIsRemovedIsNotThere) {
  for (const char* mark : {"lib/apk/db/.wh.installed", "lib/apk/.wh.db", ".wh.lib",
                           "lib/apk/db/.wh..wh..opq", ".wh..wh..opq"}) {
    EXPECT_EQ(listed(take({file(kDatabase, apk("musl", "1")), file(mark, "")})), "") << mark;
  }
  EXPECT_EQ(listed(take({file(kDatabase, apk("musl", "1")), header("lib", '2', 0, "usr/lib")})), "")
      << "a link hides the folder that was there";
}

TEST(Inventory, AMarkIsAboutLowerLayersOnly) {
  const std::string mark = file("lib/apk/db/.wh..wh..opq", "");
  const std::string added = file(kDatabase, apk("musl", "2"));
  EXPECT_EQ(listed(take({file(kDatabase, apk("musl", "1")), added + mark})), "musl 2 of layer 1;");
  EXPECT_EQ(listed(take({added, file("a", "")})), "musl 2 of layer 0;");
}

TEST(Inventory, AnotherContentThanTheDigestSaysIsAProblem) {
  SampleStore store = sample_archive({file("a", "1")});
  store.files["0/layer.tar"] = file("a", "2") + sample_tar::end();
  const Inventory inventory = inventory_of(store);
  ASSERT_EQ(inventory.problems.size(), 1U);
  EXPECT_EQ(inventory.problems[0].code, ErrorCode::kInvalid);
}

TEST(Inventory, OneBrokenLayerLosesNoOther) {
  SampleStore store =
      sample_archive({file(kDatabase, apk("musl", "1")), file("a", std::string(3000, 'x'))});
  store.files["1/layer.tar"].resize(1000);
  const Inventory inventory = inventory_of(store);
  EXPECT_EQ(inventory.packages.size(), 1U);
  EXPECT_EQ(inventory.problems.size(), 1U);
}

TEST(Inventory, APackageIsOfTheLayerThatBroughtIt) {
  EXPECT_EQ(listed(take({file(kDatabase, apk("musl", "1")),
                         file(kDatabase, apk("musl", "1") + apk("curl", "8")), file("x", ""),
                         file(kDatabase, apk("musl", "1") + apk("curl", "8") + apk("jq", "1"))})),
            "curl 8 of layer 1;jq 1 of layer 3;musl 1 of layer 0;");
  EXPECT_EQ(listed(take({file(kDatabase, apk("curl", "8")), file(kDatabase, apk("musl", "1")),
                         file(kDatabase, apk("curl", "8") + apk("jq", "1"))})),
            "curl 8 of layer 2;jq 1 of layer 2;")
      << "it was removed and came again";
}

TEST(Inventory, LinksLeadToPackages) {
  const std::string list = apk("musl", "1");
  EXPECT_EQ(listed(take({header("lib", '2', 0, "usr/lib"), file("lib/apk/db/installed", list)})),
            "musl 1 of layer 1;")
      << "a folder that is a link";
  EXPECT_EQ(listed(take({file("opt/x", list), header(kDatabase, '2', 0, "../../../opt/x")})),
            "musl 1 of layer 0;")
      << "a file that is a link";
  EXPECT_EQ(listed(take({file("opt/x", list) + header(kDatabase, '1', 0, "opt/x")})),
            "musl 1 of layer 0;")
      << "another name of a file";
  EXPECT_EQ(listed(take({header("l", '2', 0, "l") + header(kDatabase, '2', 0, "/l")})), "")
      << "a loop leads nowhere";
}

TEST(Inventory, AFolderIsALayer) {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(testing::TempDir()) / "inventory_folder";
  fs::remove_all(root);
  fs::create_directories(root / "lib/apk/db");
  std::ofstream(root / kDatabase) << apk("musl", "1");
  fs::create_directory_symlink("/", root / "host");
  SavedImage image;
  image.layers.push_back({.folder = root});
  const Inventory inventory = take_inventory(nullptr, image);
  EXPECT_EQ(inventory.packages.size(), 1U);
  EXPECT_TRUE(inventory.problems.empty());
  EXPECT_EQ(inventory.layers[0].content.entries.size(), 5U) << "a link is not followed";
  fs::remove_all(root);
}

TEST(Inventory, PackagesOwnTheirFilesAndNameTheirDistribution) {
  const Inventory inventory =
      take({file("etc/os-release", "ID=ubuntu\nVERSION_ID=24.04\n") +
            file("var/lib/dpkg/status",
                 "Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n\n") +
            file("var/lib/dpkg/info/a.list", "/.\n/usr\n/usr/bin/a\n")});
  ASSERT_EQ(inventory.packages.size(), 1U);
  EXPECT_EQ(inventory.packages[0].ecosystem, "Ubuntu");
  EXPECT_EQ(inventory.packages[0].files, (std::vector<std::string>{"/usr", "/usr/bin/a"}));
}

TEST(Inventory, PackagesOfPacmanOwnTheFilesOfTheirList) {
  const Inventory inventory = take(
      {file("var/lib/pacman/local/a-1-1/desc", "%NAME%\na\n\n%VERSION%\n1-1\n\n") +
       file("var/lib/pacman/local/a-1-1/files", "%FILES%\nusr/\nusr/bin/a\n\n%BACKUP%\netc/a\n")});
  ASSERT_EQ(inventory.packages.size(), 1U);
  EXPECT_EQ(inventory.packages[0].files, (std::vector<std::string>{"/usr/bin/a"}));
}

TEST(Inventory, ALogOfRpmsDatabaseIsMissed) {
  EXPECT_TRUE(take({file("var/lib/rpm/rpmdb.sqlite-wal", "")}).problems.empty());
  const Inventory inventory = take({file("var/lib/rpm/rpmdb.sqlite-wal", "frames")});
  ASSERT_EQ(inventory.problems.size(), 1U);
  EXPECT_EQ(inventory.problems[0].path, "var/lib/rpm/rpmdb.sqlite-wal");
}

TEST(Inventory, ALockSpeaksOnlyWhereNothingIsInstalled) {
  const std::string lock = R"({"lockfileVersion":1,"dependencies":{"a":{"version":"1.0.0"}}})";
  const std::string own = file("app/package-lock.json", lock);
  const std::string module =
      file("app/node_modules/b/package.json", R"({"name":"b","version":"2.0.0"})");
  EXPECT_EQ(listed(take({own})), "a 1.0.0 of layer 0;") << "it was bundled";
  EXPECT_EQ(listed(take({own + module})), "b 2.0.0 of layer 0;");
  EXPECT_EQ(listed(take({own + file("usr/lib/node_modules/npm/package.json",
                                    R"({"name":"npm","version":"9.0.0"})")})),
            "a 1.0.0 of layer 0;npm 9.0.0 of layer 0;")
      << "the tool is installed elsewhere";
  EXPECT_EQ(listed(take({module + file("app/node_modules/b/package-lock.json", lock) +
                         file("app/node_modules/b/test/x/package.json", "{broken")})),
            "b 2.0.0 of layer 0;");
  EXPECT_EQ(listed(take({file("src/go.sum", "example.com/a v1.0.0 h1:x=\n")})), "");
  EXPECT_EQ(listed(take({own + file("app/.yarn/unplugged/b-npm-2-01/node_modules/b/package.json",
                                    R"({"name":"b","version":"2.0.0"})")})),
            "a 1.0.0 of layer 0;b 2.0.0 of layer 0;")
      << "the others are archives";
}

}  // namespace
}  // namespace plimsoll::image
