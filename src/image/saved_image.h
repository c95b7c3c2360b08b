#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "image/blob_store.h"

namespace plimsoll::image {

/// "linux/arm64/v8"; empty parts match everything.
struct Platform {
  std::string os;
  std::string architecture;
  std::string variant;
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] bool matches(const Platform& wanted) const;
};
/// @error kUsage  not of one to three parts
[[nodiscard]] Result<Platform> parse_platform(std::string_view text);

struct Layer {
  std::string path;     ///< in the store
  std::string digest;   ///< "sha256:…" of the bytes as they are stored; "" when nothing says it
  std::string diff_id;  ///< "sha256:…" of the tar
  std::uint64_t size = 0;   ///< bytes as they are stored
  std::string instruction;  ///< what made it, as the history says; may be ""
  std::string place;        ///< "Dockerfile:12": what made it; "" while no Dockerfile is at hand
  /// On disk, with the layer's files as a storage driver unpacked them; "": `path` is its tar.
  std::string folder;
};

/// An image as it was saved: names, configuration and layers, none of which was unpacked.
struct SavedImage {
  std::vector<std::string> names;  ///< "app:1"
  std::string digest;              ///< of its OCI manifest; "" in a docker-archive
  std::string config_digest;
  std::string config;  ///< JSON: https://github.com/opencontainers/image-spec/blob/main/config.md
  Platform platform;
  std::map<std::string, std::string> annotations;  ///< of its OCI manifest
  std::vector<Layer> layers;                       ///< the lowest first
  std::vector<std::string> in_use;                 ///< of a running container: see files_in_use.h
};

/// Which image of several.
struct Choice {
  std::string name;  ///< "app:1"; "": the only one, or the first
  Platform platform;
};

/// Both kinds of `docker save` (a manifest.json, since Docker 25 an OCI layout as well), `skopeo
/// copy` to docker-archive:, oci: and oci-archive:, `podman save`. Digests of manifests and
/// configurations are checked; those of layers by whoever reads them.
/// @error kInvalid   not such an archive, a part of it is not what its digest says, or it has more
///                   than 1 024 layers or manifests
/// @error kNotFound  no image of this name or platform; the message lists what there is
[[nodiscard]] Result<SavedImage> read_saved_image(const BlobStore& store,
                                                  const Choice& choice = {});

}  // namespace plimsoll::image
