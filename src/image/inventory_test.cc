#include "image/inventory.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "image/sample_store.h"
#include "image/sample_tar.h"

namespace plimsoll::image {
namespace {

using sample_tar::file;
using sample_tar::header;

std::string apk(const std::string& name, const std::string& version) {
  return "P:" + name + "\nV:" + version + "\n\n";
}

/// An image of these layers, each the entries of a tar.
class InventoryTest : public testing::Test {
 protected:
  Inventory take(const std::vector<std::string>& layers) {
    std::string ids;
    std::string paths;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      const std::string path = std::to_string(i) + "/layer.tar";
      const std::string tar = layers[i] + sample_tar::end();
      store_.files[path] = tar;
      ids += (i > 0 ? ",\"" : "\"") + sha256_of(tar) + '"';
      paths += (i > 0 ? ",\"" : "\"") + path + '"';
    }
    store_.files["c.json"] = R"({"os":"linux","rootfs":{"diff_ids":[)" + ids + "]}}";
    store_.files["manifest.json"] = R"([{"Config":"c.json","Layers":[)" + paths + "]}]";
    auto image = read_saved_image(store_);
    EXPECT_TRUE(image) << image.error().message;
    return take_inventory(store_, *std::move(image), 2);
  }
  /// "name version of layer N;" of each package.
  static std::string listed(const Inventory& inventory) {
    std::string text;
    for (const Package& package : inventory.packages) {
      std::size_t layer = 0;
      while (inventory.image.layers[layer].diff_id != package.layer) ++layer;
      text += package.name + ' ' + package.version + " of layer " + std::to_string(layer) + ';';
    }
    return text;
  }

  static inline const std::string kDatabase = "lib/apk/db/installed";
  SampleStore store_;
};

TEST_F(InventoryTest, TheLastDatabaseHolds) {
  const Inventory inventory =
      take({file(kDatabase, apk("musl", "1")), file("etc/x", ""),
            file("./lib//apk/db/installed", apk("musl", "2") + apk("curl", "8"))});
  EXPECT_EQ(listed(inventory), "curl 8 of layer 2;musl 2 of layer 2;");
  EXPECT_TRUE(inventory.problems.empty());
}

TEST_F(InventoryTest, WhatIsRemovedIsNotThere) {
  for (const char* mark : {"lib/apk/db/.wh.installed", "lib/apk/.wh.db", ".wh.lib",
                           "lib/apk/db/.wh..wh..opq", ".wh..wh..opq"}) {
    EXPECT_EQ(listed(take({file(kDatabase, apk("musl", "1")), file(mark, "")})), "") << mark;
  }
  EXPECT_EQ(listed(take({file(kDatabase, apk("musl", "1")), header("lib", '2', 0, "usr/lib")})), "")
      << "a link hides the folder that was there";
}

TEST_F(InventoryTest, AMarkIsAboutLowerLayersOnly) {
  const std::string mark = file("lib/apk/db/.wh..wh..opq", "");
  const std::string added = file(kDatabase, apk("musl", "2"));
  EXPECT_EQ(listed(take({file(kDatabase, apk("musl", "1")), added + mark})), "musl 2 of layer 1;");
  EXPECT_EQ(listed(take({added, file("a", "")})), "musl 2 of layer 0;");
}

TEST_F(InventoryTest, AnotherContentThanTheDigestSaysIsAProblem) {
  take({file("a", "1")});
  auto image = read_saved_image(store_);
  store_.files["0/layer.tar"] = file("a", "2") + sample_tar::end();
  const Inventory inventory = take_inventory(store_, *std::move(image), 1);
  ASSERT_EQ(inventory.problems.size(), 1U);
  EXPECT_EQ(inventory.problems[0].code, ErrorCode::kInvalid);
}

TEST_F(InventoryTest, WhatNoReaderKnowsIsSaid) {
  const Inventory inventory =
      take({file("opt/a.deps.json", "{}"), file("opt/a.jar", "") + file("opt/b.jar", "")});
  ASSERT_EQ(inventory.problems.size(), 2U);
  EXPECT_EQ(inventory.problems[0].message, "packages of .NET are not read yet");
  EXPECT_EQ(inventory.problems[0].code, ErrorCode::kLimit);
  EXPECT_EQ(inventory.problems[1].path, "opt/a.jar");
}

TEST_F(InventoryTest, OneBrokenLayerLosesNoOther) {
  take({file(kDatabase, apk("musl", "1")), file("a", std::string(3000, 'x'))});
  auto image = read_saved_image(store_);
  store_.files["1/layer.tar"].resize(1000);
  const Inventory inventory = take_inventory(store_, *std::move(image), 1);
  EXPECT_EQ(inventory.packages.size(), 1U);
  EXPECT_EQ(inventory.problems.size(), 1U);
}

}  // namespace
}  // namespace plimsoll::image
