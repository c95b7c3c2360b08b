#include "archive/checksum.h"

#include <isa-l/crc.h>

#include <algorithm>
#include <cstddef>

namespace plimsoll::archive {
namespace {

constexpr std::size_t kMostAtOnce = 1U << 30U;  // its lengths have 31 bits

}  // namespace

std::uint32_t crc32_of(std::string_view bytes, std::uint32_t before) {
  return crc32_gzip_refl(before, reinterpret_cast<const unsigned char*>(bytes.data()),
                         bytes.size());
}

std::uint32_t crc32c_of(std::string_view bytes, std::uint32_t before) {
  std::uint32_t sum = ~before;
  while (!bytes.empty()) {
    const std::size_t count = std::min(bytes.size(), kMostAtOnce);
    // Without const in its interface; it only reads.
    auto* const data = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
    sum = crc32_iscsi(data, static_cast<int>(count), sum);
    bytes.remove_prefix(count);
  }
  return ~sum;
}

}  // namespace plimsoll::archive
