#pragma once

#include <cstddef>
#include <string_view>

#include "core/ascii.h"

/// White space as Go's unicode.IsSpace sees it. BuildKit trims lines with that, so an instruction
/// after a no-break space runs, and must not hide from us.
namespace plimsoll::dockerfile {

/// Bytes of the white space character outside ASCII that `text` starts with, 0 when there is none.
[[nodiscard]] constexpr std::size_t wide_space_size(std::string_view text) {
  if (text.size() < 2) return 0;
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) == 0xC2) return byte(1) == 0x85 || byte(1) == 0xA0 ? 2 : 0;  // NEL, no-break space
  if (text.size() < 3) return 0;
  const unsigned last = byte(2);
  const bool is_space =
      (byte(0) == 0xE1 && byte(1) == 0x9A && last == 0x80) ||  // ogham space
      (byte(0) == 0xE2 && byte(1) == 0x80 &&                   // en quad … narrow no-break space
       ((last >= 0x80 && last <= 0x8A) || last == 0xA8 || last == 0xA9 || last == 0xAF)) ||
      (byte(0) == 0xE2 && byte(1) == 0x81 && last == 0x9F) ||  // mathematical space
      (byte(0) == 0xE3 && byte(1) == 0x80 && last == 0x80);    // ideographic space
  return is_space ? 3 : 0;
}

/// Bytes of the white space character that `text` starts with, 0 when there is none.
[[nodiscard]] constexpr std::size_t space_size(std::string_view text) {
  if (text.empty()) return 0;
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return ascii::is_space(text.front()) ? 1 : 0;
  return wide_space_size(text);
}

/// The same for the end of `text`.
[[nodiscard]] constexpr std::size_t last_space_size(std::string_view text) {
  if (text.empty()) return 0;
  if (static_cast<unsigned char>(text.back()) < 0x80) return ascii::is_space(text.back()) ? 1 : 0;
  for (std::size_t size = 2; size <= 3 && size <= text.size(); ++size) {
    if (wide_space_size(text.substr(text.size() - size)) == size) return size;
  }
  return 0;
}

}  // namespace plimsoll::dockerfile
