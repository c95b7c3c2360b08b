#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "image/inventory.h"
#include "image/sample_store.h"
#include "image/sample_tar.h"

namespace plimsoll::image {

/// A docker-archive in memory, for tests: layers are the entries of tars, without their ends.
/// @param config  more members of the configuration: "\"config\":{…},"
inline SampleStore sample_archive(const std::vector<std::string>& layers,
                                  const std::string& config = {}) {
  SampleStore store;
  std::string ids;
  std::string paths;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string path = std::to_string(i) + "/layer.tar";
    const std::string tar = layers[i] + sample_tar::end();
    store.files[path] = tar;
    ids += (i > 0 ? ",\"" : "\"") + archive::sha256_of(tar) + '"';
    paths += (i > 0 ? ",\"" : "\"") + path + '"';
  }
  store.files["c.json"] = "{" + config + R"("os":"linux","rootfs":{"diff_ids":[)" + ids + "]}}";
  store.files["manifest.json"] = R"([{"Config":"c.json","Layers":[)" + paths + "]}]";
  return store;
}

inline Inventory inventory_of(const BlobStore& store, const InventoryOptions& options = {}) {
  auto image = read_saved_image(store);
  EXPECT_TRUE(image) << image.error().message;
  return take_inventory(&store, *std::move(image), options);
}

}  // namespace plimsoll::image
