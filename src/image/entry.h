#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/result.h"

namespace plimsoll::image {

/// A file, folder or link of a layer.
struct Entry {
  enum class Type : std::uint8_t { kFile, kHardLink, kSymbolicLink, kFolder, kDevice, kOther };
  std::string path;  ///< from a tar: as it is written; PAX and GNU long names resolved
  std::string link;  ///< target, as it is written
  Type type = Type::kFile;
  std::uint32_t mode = 0;  ///< permission bits, set-user-id and the like included
  std::uint32_t user = 0;
  std::uint32_t group = 0;
  std::uint64_t size = 0;    ///< of the content; 0 for what has none
  std::uint64_t offset = 0;  ///< of the content, in the tar
  std::uint64_t sum = 0;     ///< XXH3 of the content, once that was read; 0 for what has none
};

/// Gives a layer's entries one after the other, each with its content.
class EntryReader {
 public:
  EntryReader() = default;
  EntryReader(const EntryReader&) = delete;
  EntryReader& operator=(const EntryReader&) = delete;
  virtual ~EntryReader() = default;

  /// The next one; what is left of the content of the last is passed over. Nothing at the end.
  [[nodiscard]] virtual Result<std::optional<Entry>> next() = 0;
  /// Content of the entry. @return how many bytes; 0 at its end
  [[nodiscard]] virtual Result<std::size_t> read(std::span<char> buffer) = 0;
};

}  // namespace plimsoll::image
