#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "image/blob_store.h"
#include "image/saved_image.h"

namespace plimsoll::image {

/// What is asked of whoever has images.
struct ImageRequest {
  std::string name;  ///< what follows the prefix: "app.tar", "debian:12", "/var/lib/containers"
  Choice choice;     ///< which one of several
  bool insecure = false;  ///< plain HTTP, and certificates that nobody signed, are taken
  bool guessed = false;   ///< no prefix says that this source is meant
  /// The environment, read once: DOCKER_CONFIG, XDG_RUNTIME_DIR, …
  std::function<std::string(std::string_view name)> variable;
};

/// An image that was found and not read yet. Either `stream` is a docker-archive that comes in one
/// go, or the blobs of `store` are read in any order, or each layer names a folder.
struct FoundImage {
  SavedImage image;                  ///< empty where there is only a stream
  std::unique_ptr<BlobStore> store;  ///< null where layers are folders, or where there is a stream
  std::unique_ptr<archive::ByteStream> stream;  ///< null where there is a store
  /// The stream holds the merged file system of a container, not an archive of an image.
  bool is_file_system = false;
  /// A bill of materials, which the image's only name is the path of; then there is no layer.
  std::unique_ptr<archive::ByteStream> sbom;
};

/// One place that images come from: one file of sources/, which CMake finds.
struct ImageSource {
  std::string_view name;  ///< "registry", for messages and help
  std::string_view
      prefixes;           ///< blank separated, with their mark: "registry: registry:// image://"
  std::string_view what;  ///< one line for help
  /// Where no prefix says it, or several sources share it, they are asked in the order of `rank`;
  /// kNotFound, kUsage, kEnvironment: not here, ask the next. 0: only with its prefix.
  int rank = 0;
  Result<FoundImage> (*find)(const ImageRequest& request);
};

[[nodiscard]] const std::vector<const ImageSource*>& all_image_sources();

}  // namespace plimsoll::image
