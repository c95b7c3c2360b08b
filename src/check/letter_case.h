#pragma once

#include <cstdint>
#include <string_view>

#include "core/ascii.h"

namespace plimsoll::check {

enum class LetterCase : std::uint8_t { kLower, kUpper, kMixed };

/// Of the letters in `word`; kLower when it has none.
[[nodiscard]] constexpr LetterCase letter_case(std::string_view word) {
  bool lower = false;
  bool upper = false;
  for (const char c : word) {
    lower = lower || ascii::is_lower(c);
    upper = upper || ascii::is_upper(c);
  }
  if (lower && upper) return LetterCase::kMixed;
  return upper ? LetterCase::kUpper : LetterCase::kLower;
}

}  // namespace plimsoll::check
