#include "advisory/database_format.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <charconv>

namespace plimsoll::advisory::format {

std::optional<std::uint32_t> cve_key(std::string_view id) {
  constexpr std::string_view kPrefix = "CVE-";
  constexpr std::uint32_t kFirstYear = 1990;
  constexpr std::uint32_t kNumberBits = 25;  // 33 million a year, and 127 years
  if (!id.starts_with(kPrefix)) return std::nullopt;
  id.remove_prefix(kPrefix.size());
  std::uint32_t year = 0;
  std::uint32_t number = 0;
  const char* const end = id.data() + id.size();
  const auto [dash, error] = std::from_chars(id.data(), end, year);
  if (error != std::errc() || dash == end || *dash != '-') return std::nullopt;
  const auto [last, other_error] = std::from_chars(dash + 1, end, number);
  if (other_error != std::errc() || last != end) return std::nullopt;
  if (year < kFirstYear || year > kFirstYear + 126 || number >> kNumberBits != 0)
    return std::nullopt;
  return (year - kFirstYear) << kNumberBits | number;
}

std::uint64_t hash_of(std::string_view ecosystem, std::string_view name) {
  return XXH3_64bits_withSeed(name.data(), name.size(),
                              XXH3_64bits(ecosystem.data(), ecosystem.size()));
}

void put_number(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80U);
    value >>= 7U;
  }
  out += static_cast<char>(value);
}

void put_text(std::string& out, std::string_view text) {
  put_number(out, text.size());
  out += text;
}

}  // namespace plimsoll::advisory::format
