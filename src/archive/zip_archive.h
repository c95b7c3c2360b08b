#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace plimsoll::archive {

/// One file of a ZIP archive, as the archive's directory has it.
struct ZipEntry {
  std::string_view path;
  std::uint16_t method = 0;  ///< 0 stored, 8 DEFLATE
  std::uint32_t packed_bytes = 0;
  std::uint32_t header_offset = 0;
  std::uint32_t unpacked_bytes = 0;  ///< as the directory says
  std::uint32_t sum = 0;             ///< CRC-32 of the unpacked bytes, as the directory says
};

/// The directory of a ZIP archive (eggs, jars, wheels, exports of advisories). The archive must
/// outlive the entries. Those of ZIP64 are read as far as they have less than 4 GiB; encrypted ones
/// are not.
/// Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
/// @error kInvalid  no directory in it. One that is cut off is read as far as it goes.
[[nodiscard]] Result<std::vector<ZipEntry>> zip_entries(std::string_view archive);

/// True where two files share bytes, as in archives that are made to unpack to far more than they
/// are.
[[nodiscard]] bool zip_entries_overlap(std::vector<ZipEntry> entries);

/// The bytes of one entry as they are packed, in the archive.
/// @error kInvalid  it is not where the directory says
[[nodiscard]] Result<std::string_view> packed_bytes(std::string_view archive,
                                                    const ZipEntry& entry);

/// The bytes of one entry.
/// @error kInvalid  it is not where the directory says, or is packed in another way
/// @error kTooLarge  more than `most`
[[nodiscard]] Result<std::string> unzip(std::string_view archive, const ZipEntry& entry,
                                        std::size_t most);

}  // namespace plimsoll::archive
