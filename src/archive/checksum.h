#pragma once

#include <cstdint>
#include <string_view>

/// Sums against accidents, not against people.
namespace plimsoll::archive {

/// CRC-32 of ZIP and gzip. @param before  the sum of what came before `bytes`
[[nodiscard]] std::uint32_t crc32_of(std::string_view bytes, std::uint32_t before = 0);
/// CRC-32C (Castagnoli), as Google's storage and iSCSI (RFC 3720) have it.
[[nodiscard]] std::uint32_t crc32c_of(std::string_view bytes, std::uint32_t before = 0);

}  // namespace plimsoll::archive
