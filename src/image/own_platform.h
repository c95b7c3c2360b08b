#pragma once

#include "core/result.h"
#include "image/blob_store.h"
#include "image/saved_image.h"

namespace plimsoll::image {

/// This machine, in the words that images use: "linux/amd64".
[[nodiscard]] Platform own_platform();

/// As read_saved_image(); where no platform is said and there are several, this machine's comes
/// first, as with every tool that runs images.
[[nodiscard]] Result<SavedImage> read_nearest_image(const BlobStore& store, const Choice& choice);

}  // namespace plimsoll::image
