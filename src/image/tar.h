#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "archive/byte_stream.h"
#include "image/entry.h"

namespace plimsoll::image {

/// Whether a tar may begin so: 512 bytes whose sum is the one they say.
[[nodiscard]] bool is_tar_header(std::string_view block);

/// Walks a tar entry by entry, content by content; nothing is read twice and nothing kept.
/// ustar, PAX and GNU, as tar(5) of libarchive and POSIX.1-2017 pax describe them. GNU sparse files
/// are entries of the bytes that are stored.
class TarReader final : public EntryReader {
 public:
  explicit TarReader(archive::ByteStream& stream) : stream_(stream) {}

  /// The next entry; what is left of the content of the last one is skipped. Nothing at the end:
  /// two empty blocks, or where the bytes end between entries.
  /// @error kInvalid  a header that is none, or a broken PAX record    @error kLimit  names longer
  /// than 1 MiB
  [[nodiscard]] Result<std::optional<Entry>> next() override;
  /// Content of the entry; 0 at its end.
  [[nodiscard]] Result<std::size_t> read(std::span<char> buffer) override;
  /// Reads what follows the end, so that a digest is of all bytes. @return how many were not zero
  [[nodiscard]] Result<std::uint64_t> drain();

 private:
  struct Overrides {
    std::optional<std::string> path;
    std::optional<std::string> link;
    std::optional<std::uint64_t> size;
    std::optional<std::uint64_t> user;
    std::optional<std::uint64_t> group;
  };

  [[nodiscard]] Result<bool> read_block();
  [[nodiscard]] Result<void> skip(std::uint64_t bytes);
  [[nodiscard]] Result<std::string> read_metadata(std::uint64_t size);
  [[nodiscard]] Entry entry_of_block(const Overrides& overrides) const;

  archive::ByteStream& stream_;
  char block_[512] = {};
  std::uint64_t offset_ = 0;   ///< of the next byte in the tar
  std::uint64_t content_ = 0;  ///< bytes of the entry that are not read yet
  std::uint64_t padding_ = 0;  ///< after them
  Overrides global_;
};

}  // namespace plimsoll::image
