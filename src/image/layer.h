#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/byte_stream.h"
#include "core/result.h"
#include "image/content_reader.h"
#include "image/entry.h"

namespace plimsoll::image {

/// What a layer changes in those below it.
struct LayerEntries {
  std::string stored;  ///< "sha256:…" of the bytes as they are stored; "" when not all were read,
                       ///< or nobody asked
  std::string diff_id;               ///< "sha256:…" of the tar that was read; "" when not all was
  std::vector<Entry> entries;        ///< in the tar's order; paths resolved, without leading slash
  std::uint64_t bytes = 0;           ///< of their contents
  std::vector<std::string> removed;  ///< paths of lower layers that are not there any more
  std::vector<std::string> emptied;  ///< folders of which nothing of lower layers is left
  std::vector<Error> problems;       ///< what could not be read
};

struct LayerLimits {
  std::size_t most_files = 1'000'000;
  std::size_t longest_path = 4096;
};

struct LayersInTurns;

/// How a layer is read.
struct LayerReading {
  bool sums_stored = true;            ///< gives LayerEntries::stored
  LayersInTurns* in_turns = nullptr;  ///< with another layer; null: alone
};

using ContentReaders = std::span<const std::unique_ptr<ContentReader>>;

/// Reads a layer from first to last byte, compressed or not. A layer that breaks part way gives
/// what came before, and a problem. Source:
/// https://github.com/opencontainers/image-spec/blob/main/layer.md
[[nodiscard]] LayerEntries read_layer(std::unique_ptr<archive::ByteStream> stream,
                                      ContentReaders readers, const LayerReading& reading = {},
                                      const LayerLimits& limits = {});

/// Reads a layer that lies unpacked in a folder, as overlay storage drivers keep it: a device 0:0
/// is a whiteout, and so is a file with AUFS's prefix; an attribute makes a folder opaque. Without
/// marks it is any root file system. Links are not followed; other file systems that are mounted
/// below it are left out. Source: Linux, Documentation/filesystems/overlayfs.rst
[[nodiscard]] LayerEntries read_folder_layer(const std::string& folder, ContentReaders readers,
                                             const LayerLimits& limits = {});

/// "etc/passwd" of "./etc//passwd", "/etc/passwd" and "etc/x/../passwd".
[[nodiscard]] std::string path_in_image(std::string_view path);

}  // namespace plimsoll::image
