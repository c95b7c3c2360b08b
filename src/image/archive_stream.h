#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "archive/byte_stream.h"
#include "core/result.h"
#include "image/layer_analysis.h"
#include "image/saved_image.h"

/// Saved images that can be read once only: an engine sends them, a pipe gives them, or they are
/// compressed as a whole. What says which members are layers may come last, so each member that
/// looks like a layer is analysed when it passes, and only small JSON is kept.
namespace plimsoll::image {

/// What is left of an archive once it has passed. Keys are paths in it.
struct ArchiveMembers {
  std::map<std::string, std::string, std::less<>> files;  ///< JSON
  std::map<std::string, LayerAnalysis, std::less<>> layers;
  std::map<std::string, std::uint64_t, std::less<>> sizes;  ///< of layers, as they are stored
  std::map<std::string, std::string, std::less<>> links;    ///< path → path
  std::vector<Error> problems;                              ///< one at most: where it broke off
};

[[nodiscard]] ArchiveMembers read_members(std::unique_ptr<archive::ByteStream> stream,
                                          const Analysers& analysers);

/// An image with its layers.
struct ReadArchive {
  SavedImage image;
  std::vector<LayerAnalysis> layers;  ///< as `image.layers`
};

/// @error those of read_saved_image(), and why the archive broke off
[[nodiscard]] Result<ReadArchive> image_of(ArchiveMembers members, const Choice& choice);

}  // namespace plimsoll::image
