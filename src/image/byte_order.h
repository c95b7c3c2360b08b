#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plimsoll::image {

enum class ByteOrder : std::uint8_t { kLittle, kBig };

/// An unsigned number of `size` bytes, at most 4. Those past the end are zero.
[[nodiscard]] inline std::uint32_t number_at(std::string_view bytes, std::size_t offset,
                                             std::size_t size, ByteOrder order) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t at = offset + (order == ByteOrder::kBig ? i : size - 1 - i);
    number = number << 8U | (at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U);
  }
  return number;
}

}  // namespace plimsoll::image
