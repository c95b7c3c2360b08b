#include "archive/checksum.h"

#include <isa-l/crc.h>

#include <algorithm>
#include <cstddef>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace plimsoll::archive {
namespace {

constexpr std::size_t kMostAtOnce = 1U << 30U;  // its lengths have 31 bits

/// ISA-L leaves the upper parts of the vector registers as they are after it used all of them. As
/// long as they are not empty each older instruction waits for what was in its register before:
/// SHA-256 then takes half as long again.
void empty_upper_registers() {
#if defined(__x86_64__)
  static const bool kHasAvx = [] {
    constexpr unsigned kAvx = 1U << 28U;    // of leaf 1, ECX
    constexpr unsigned kSaved = 1U << 27U;  // by the system, which else has no such registers
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & kAvx) != 0 && (c & kSaved) != 0;
  }();
  if (kHasAvx) __asm__ volatile("vzeroupper" ::: "memory");
#endif
}

}  // namespace

std::uint32_t crc32_of(std::string_view bytes, std::uint32_t before) {
  const std::uint32_t sum =
      crc32_gzip_refl(before, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  empty_upper_registers();
  return sum;
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
  empty_upper_registers();
  return ~sum;
}

}  // namespace plimsoll::archive
