#include "core/fingerprint.h"

#include <cstdint>

namespace plimsoll {

std::string fingerprint(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  // FNV-1a from two starts.
  for (const std::uint64_t seed : {0xcbf29ce484222325U, 0x9ae16a3b2f90404fU}) {
    std::uint64_t digest = seed;
    for (const char c : text) {
      digest ^= static_cast<unsigned char>(c);
      digest *= 0x100000001b3U;
    }
    for (unsigned shift = 64; shift > 0; shift -= 4) out += kDigits[digest >> (shift - 4) & 0xFU];
  }
  return out;
}

}  // namespace plimsoll
