#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace plimsoll::advisory::cvss {

/// What a vector of CVSS 4.0 is reduced to: a level per set of metrics, 0 the worst.
struct MacroVector {
  std::size_t exploitability = 0;  ///< EQ1: 0 to 2
  std::size_t complexity = 0;      ///< EQ2: 0 to 1
  /// EQ3 and EQ6, which are not independent: 0 is "00", 1 is "01", 2 is "10", 3 is "11", 4 is "21";
  /// there is no "20".
  std::size_t vulnerable = 0;
  std::size_t subsequent = 0;  ///< EQ4: 0 to 2
  std::size_t exploits = 0;    ///< EQ5: 0 to 2
};

/// The published scores of the 270 macro vectors, in tenths. Source: cvss_lookup.js of
/// https://github.com/FIRSTdotorg/cvss-v4-calculator; experts ordered them, so no equation does.
/// A line per EQ3 and EQ6, in it EQ4 by EQ5.
inline constexpr std::array<std::uint8_t, 270> kMacroTenths{
    // EQ1 0, EQ2 0
    100, 98, 95, 100, 93, 91, 93, 89, 81,  //
    99, 95, 92, 96, 87, 81, 90, 80, 68,    //
    98, 95, 90, 93, 89, 81, 88, 78, 69,    //
    95, 92, 84, 92, 81, 65, 80, 70, 48,    //
    92, 82, 72, 79, 69, 50, 69, 55, 27,    //
    // EQ1 0, EQ2 1
    99, 95, 92, 95, 90, 84, 92, 82, 72,  //
    97, 92, 85, 91, 83, 71, 81, 71, 53,  //
    95, 92, 85, 92, 80, 70, 84, 71, 50,  //
    93, 85, 73, 82, 72, 59, 70, 52, 30,  //
    86, 75, 52, 71, 52, 29, 63, 29, 17,  //
    // EQ1 1, EQ2 0
    98, 94, 91, 94, 86, 77, 87, 74, 63,  //
    95, 87, 81, 89, 74, 64, 75, 63, 49,  //
    94, 88, 76, 86, 74, 59, 72, 57, 52,  //
    89, 77, 67, 76, 58, 50, 57, 52, 25,  //
    83, 70, 54, 65, 58, 26, 53, 21, 13,  //
    // EQ1 1, EQ2 1
    95, 88, 76, 90, 75, 61, 77, 68, 52,  //
    90, 76, 70, 77, 62, 53, 66, 59, 30,  //
    89, 76, 62, 74, 57, 47, 61, 57, 24,  //
    78, 67, 58, 59, 57, 23, 52, 29, 16,  //
    71, 59, 30, 58, 26, 15, 23, 13, 6,   //
    // EQ1 2, EQ2 0
    93, 86, 75, 86, 74, 56, 70, 52, 40,  //
    87, 72, 58, 74, 61, 34, 54, 40, 22,  //
    85, 74, 62, 72, 55, 46, 53, 34, 19,  //
    75, 55, 51, 57, 41, 19, 36, 19, 8,   //
    64, 51, 20, 47, 21, 11, 24, 9, 4,    //
    // EQ1 2, EQ2 1
    88, 73, 60, 73, 59, 41, 54, 45, 20,  //
    75, 53, 50, 55, 40, 20, 43, 22, 11,  //
    75, 58, 40, 61, 48, 20, 46, 17, 8,   //
    55, 45, 21, 51, 18, 9, 18, 7, 2,     //
    53, 24, 14, 24, 12, 5, 10, 3, 1,     //
};

/// In tenths.
[[nodiscard]] constexpr int macro_tenths(const MacroVector& macro) {
  std::size_t at = macro.exploitability * 2 + macro.complexity;
  at = (at * 5 + macro.vulnerable) * 3 + macro.subsequent;
  return kMacroTenths[at * 3 + macro.exploits];
}

}  // namespace plimsoll::advisory::cvss
