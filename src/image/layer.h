#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "image/byte_stream.h"
#include "image/tar.h"

namespace plimsoll::image {

/// A file of a layer whose bytes were wanted.
struct KeptFile {
  std::string path;  ///< "etc/os-release"; resolved, without leading slash
  std::string bytes;
};

/// What one pass over a layer gave.
struct LayerContent {
  std::string diff_id;  ///< "sha256:…" of the tar that was read
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;            ///< of their contents
  std::vector<KeptFile> kept;         ///< in the tar's order; of one path the last holds
  std::vector<std::string> removed;   ///< paths of lower layers that are not there any more
  std::vector<std::string> emptied;   ///< folders of which nothing of lower layers is left
  std::vector<std::string> replaced;  ///< paths that are here, and so hide those below
  std::vector<Error> problems;        ///< what could not be read
};

/// Which files are wanted: what it says no to is not kept.
using Wanted = std::function<bool(std::string_view path)>;

struct LayerLimits {
  std::size_t most_files = 1'000'000;
  std::size_t most_kept_bytes = 256U << 20U;  ///< of one file
  std::size_t longest_path = 4096;
};

/// Reads a layer from first to last byte, compressed or not. A layer that breaks part way gives
/// what came before, and a problem. Source:
/// https://github.com/opencontainers/image-spec/blob/main/layer.md
[[nodiscard]] LayerContent read_layer(std::unique_ptr<ByteStream> stream, const Wanted& wanted,
                                      const LayerLimits& limits = {});

/// "etc/passwd" of "./etc//passwd", "/etc/passwd" and "etc/x/../passwd".
[[nodiscard]] std::string path_in_image(std::string_view path);

}  // namespace plimsoll::image
