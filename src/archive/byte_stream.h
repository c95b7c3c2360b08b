#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"

namespace plimsoll::archive {

/// Part of an open file.
struct FileRange {
  int descriptor = -1;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// Bytes that come one after the other. Nobody knows how many before they end.
class ByteStream {
 public:
  ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  virtual ~ByteStream() = default;

  /// Fills some of `buffer`, at least one byte. @return how many; 0 at the end
  /// @error kUnreadable  the world refused       @error kInvalid  broken data
  /// @error kTooLarge    a limit of core/limits.h or of this module
  [[nodiscard]] virtual Result<std::size_t> read(std::span<char> buffer) = 0;
  /// Passes over as many bytes; where that can be done without reading them, it is.
  /// @error kInvalid  there are not so many
  [[nodiscard]] virtual Result<void> skip(std::uint64_t bytes);
  /// Where what is left lies, for who can read it there; nothing where it is in no file.
  [[nodiscard]] virtual std::optional<FileRange> range() const { return std::nullopt; }
  /// Its bytes are compared with the digest they were asked for by; others are an error.
  [[nodiscard]] virtual bool is_checked() const { return false; }
};

/// Bytes in memory, which must outlive the stream.
[[nodiscard]] std::unique_ptr<ByteStream> memory_stream(std::string_view bytes);

/// `size` bytes of an open file from `offset` on, read with pread: several may read one file.
/// @param name  for messages
[[nodiscard]] std::unique_ptr<ByteStream> file_stream(int descriptor, std::uint64_t offset,
                                                      std::uint64_t size, std::string name);

/// Reads until `buffer` is full or the bytes end.
[[nodiscard]] Result<std::size_t> read_fully(ByteStream& stream, std::span<char> buffer);

}  // namespace plimsoll::archive
