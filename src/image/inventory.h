#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/package.h"
#include "core/result.h"
#include "image/blob_store.h"
#include "image/file_tree.h"
#include "image/image_config.h"
#include "image/image_source.h"
#include "image/layer_analysis.h"
#include "image/layer_cache.h"
#include "image/loadable.h"
#include "image/os_release.h"
#include "image/progress.h"
#include "image/saved_image.h"
#include "image/workers.h"

namespace plimsoll::image {

/// A secret that an image carries.
struct ImageSecret {
  enum class Place : std::uint8_t { kFile, kEnvironment, kLabel, kHistory };
  FoundSecret secret;  ///< its path is that of the file in its layer, or the name of the variable
  Place place = Place::kFile;
  std::size_t layer = 0;  ///< of a file: the lowest that has it; of kHistory the step
  /// Of a file that no container sees: the layer that removed or replaced it.
  std::optional<std::size_t> hidden_by;
};

/// What an image holds, from one pass over its layers. Can be moved, not copied.
struct Inventory {
  SavedImage image;
  ImageConfig config;
  std::vector<LayerAnalysis> layers;  ///< as `image.layers`
  FileTree tree;                      ///< of `layers`, as a container sees them
  OsRelease release;
  Loadable loadable;
  std::vector<Package> packages;  ///< by ecosystem, name, version; Package::layer names the layer
  bool secrets_sought = false;
  std::vector<ImageSecret> secrets;  ///< by place, path, position
  std::vector<Error> problems;       ///< why something may be missing
  bool is_of_sbom = false;           ///< nothing is known of files and configuration

  Inventory() = default;
  Inventory(Inventory&&) = default;
  Inventory& operator=(Inventory&&) = default;

  /// A fact of the image: the content of a small file, wherever links lead; "" when it has none.
  [[nodiscard]] std::string_view fact(std::string_view path) const;
};

struct InventoryOptions {
  std::size_t jobs = 0;               ///< 0: one per processor
  Progress* progress = nullptr;       ///< told how far it is; may be null
  AnalysisSettings settings;          ///< of this process; workers have their own
  Workers* workers = nullptr;         ///< who parses; null: this process does
  const LayerCache* cache = nullptr;  ///< of layers that were read before; may be null
};

/// Whether the bytes of all layers were seen to be what the image says, without reading them again.
[[nodiscard]] bool is_proven(const BlobStore& store, const SavedImage& image,
                             const LayerCache& cache);

/// Layers are read in parallel; the result does not depend on how many at once.
/// @param store  may be null when each layer names a folder
[[nodiscard]] Inventory take_inventory(const BlobStore* store, SavedImage image,
                                       const InventoryOptions& options = {});

/// The same of whatever a source found.
/// @param choice  which of several images, where that is known only once the stream has ended
/// @error those of read_saved_image(), for a stream; of read_sbom()
[[nodiscard]] Result<Inventory> take_inventory(FoundImage found, const Choice& choice,
                                               const InventoryOptions& options = {});

}  // namespace plimsoll::image
