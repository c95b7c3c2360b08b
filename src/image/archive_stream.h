#pragma once

#include <memory>
#include <vector>

#include "core/result.h"
#include "image/byte_stream.h"
#include "image/layer_analysis.h"
#include "image/saved_image.h"

namespace plimsoll::image {

/// An image that was read in the order of its archive, with its layers.
struct ReadArchive {
  SavedImage image;
  std::vector<LayerAnalysis> layers;  ///< as `image.layers`
};

/// Reads a saved image that can be read once only: an engine sends it, a pipe gives it, or it is
/// compressed as a whole. What says which members are layers may come last, so each member that
/// looks like a layer is analysed when it passes, and only small JSON is kept.
/// @error those of read_saved_image()
[[nodiscard]] Result<ReadArchive> read_archive_stream(std::unique_ptr<ByteStream> stream,
                                                      const Choice& choice,
                                                      const Analysers& analysers);

}  // namespace plimsoll::image
