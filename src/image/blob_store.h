#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "archive/byte_stream.h"

namespace plimsoll::image {

/// The files of a saved image by their paths: a folder, or a tar that is not unpacked.
class BlobStore {
 public:
  BlobStore() = default;
  BlobStore(const BlobStore&) = delete;
  BlobStore& operator=(const BlobStore&) = delete;
  virtual ~BlobStore() = default;

  [[nodiscard]] virtual bool has(std::string_view path) const = 0;
  /// Each call gives a stream of its own; streams of one store may be read by several threads.
  /// @error kNotFound, kUnreadable
  [[nodiscard]] virtual Result<std::unique_ptr<archive::ByteStream>> open(
      std::string_view path) const = 0;
  /// Of the file as it is stored; nothing when there is none.
  [[nodiscard]] virtual std::optional<std::uint64_t> size(std::string_view path) const = 0;
  /// For messages.
  [[nodiscard]] virtual const std::string& name() const = 0;
};

/// All of a small file.
/// @error kTooLarge  more than `most` bytes
[[nodiscard]] Result<std::string> read_blob(const BlobStore& store, std::string_view path,
                                            std::size_t most);

/// A folder on disk. No link in it is followed out of it.
[[nodiscard]] Result<std::unique_ptr<BlobStore>> open_folder(const std::string& path);
/// A tar on disk, uncompressed. Its headers are read once; of two members of one name the last
/// holds, as with `docker load`. Links between members are followed, at most 40 times.
/// @error kInvalid  no tar      @error kLimit  more than 1 000 000 members
[[nodiscard]] Result<std::unique_ptr<BlobStore>> open_tar(const std::string& path);

}  // namespace plimsoll::image
