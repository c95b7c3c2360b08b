#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/package.h"
#include "core/result.h"
#include "image/blob_store.h"
#include "image/saved_image.h"

namespace plimsoll::image {

/// What an image holds, from one pass over its layers.
struct Inventory {
  SavedImage image;
  std::vector<Package> packages;  ///< by ecosystem, name, version; Package::layer names the layer
  std::uint64_t files = 0;        ///< of all layers together
  std::uint64_t bytes = 0;        ///< of their contents
  std::vector<Error> problems;    ///< why something may be missing
};

/// Layers are read in parallel; the result does not depend on how many at once.
[[nodiscard]] Inventory take_inventory(const BlobStore& store, SavedImage image, std::size_t jobs);

}  // namespace plimsoll::image
