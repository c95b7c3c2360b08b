#include "core/fingerprint.h"

#include <initializer_list>

namespace plimsoll {
namespace {

/// FNV-1a.
std::uint64_t digest(std::string_view text, std::uint64_t seed) {
  for (const char c : text) {
    seed ^= static_cast<unsigned char>(c);
    seed *= 0x100000001b3U;
  }
  return seed;
}

constexpr std::uint64_t kFirst = 0xcbf29ce484222325U;
constexpr std::uint64_t kSecond = 0x9ae16a3b2f90404fU;

}  // namespace

std::string fingerprint(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const std::uint64_t seed : {kFirst, kSecond}) {
    const std::uint64_t half = digest(text, seed);
    for (unsigned shift = 64; shift > 0; shift -= 4) out += kDigits[half >> (shift - 4) & 0xFU];
  }
  return out;
}

std::uint64_t short_fingerprint(std::string_view text) {
  return digest(text, kFirst);
}

}  // namespace plimsoll
