#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "archive/byte_stream.h"

namespace plimsoll::archive {

enum class Compression : std::uint8_t { kNone, kGzip, kZstd, kXz, kBzip2 };
[[nodiscard]] std::string_view to_string(Compression compression);

/// What the first bytes say; names and media types may lie.
[[nodiscard]] Compression compression_of(std::string_view first_bytes);

/// How far bytes may grow. A gzip of zeros grows a thousandfold.
struct ExpansionLimits {
  std::uint64_t most_bytes = 16ULL << 30U;  ///< of one stream
  std::uint64_t ratio = 200;                ///< judged once more than `free_bytes` came out
  std::uint64_t free_bytes = 64ULL << 20U;
};

/// A stream with one compression undone, whichever its first bytes name: all members of a gzip, all
/// frames of a zstd (skippable ones too), all streams of an xz or bzip2. What follows the last
/// member is told by trailing_bytes(). Sources: RFC 1952, RFC 8878, the .xz format 1.2.1.
class Decompressed : public ByteStream {
 public:
  /// What read() would give next, where it lies: as much as is at hand, until the next call of
  /// either. Empty at the end.
  /// @error those of read()
  [[nodiscard]] virtual Result<std::string_view> next() = 0;
  [[nodiscard]] virtual Compression compression() const = 0;
  /// Bytes after the compressed data that are none of it; known at the end.
  [[nodiscard]] virtual std::uint64_t trailing_bytes() const = 0;
};

/// @error kUnreadable, kInvalid  of the first bytes
[[nodiscard]] Result<std::unique_ptr<Decompressed>> decompress(std::unique_ptr<ByteStream> stream,
                                                               const ExpansionLimits& limits = {});

}  // namespace plimsoll::archive
