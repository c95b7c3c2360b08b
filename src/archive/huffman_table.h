#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace plimsoll::archive {

/// An entry of a table that is looked up with the next bits of a DEFLATE stream; all that is to be
/// done with a code stands in one word, so that the loop over a block has nothing else to load.
///
///   bits 0-7    how many bits to pass over: the code, and the extra bits behind it
///   bits 8-11   how many of them are the code; of kSubtable: the bits that index the subtable
///   bits 12-15  what it is
///   bits 16-31  literal, base of a length or distance, or where the subtable begins
using HuffmanEntry = std::uint32_t;

inline constexpr HuffmanEntry kLiteral = 1U << 15U;
inline constexpr HuffmanEntry kUnusual = 1U << 14U;  ///< set with the three that follow
inline constexpr HuffmanEntry kSubtable = 1U << 13U;
inline constexpr HuffmanEntry kEndOfBlock = 1U << 12U;
inline constexpr HuffmanEntry kNoCode = kUnusual;  ///< bits that are no code

inline constexpr unsigned kLongestCode = 15;

/// How many bits to pass over, extra bits included.
[[nodiscard]] constexpr unsigned bits_of(HuffmanEntry entry) {
  return entry & 0xffU;
}
/// Of the code alone; of kSubtable how many bits index it.
[[nodiscard]] constexpr unsigned code_length_of(HuffmanEntry entry) {
  return entry >> 8U & 0xfU;
}
[[nodiscard]] constexpr unsigned value_of(HuffmanEntry entry) {
  return entry >> 16U;
}

/// @param bits   of the first lookup
/// @param words  of the entries: what each symbol is, without its code's length
struct HuffmanTable {
  std::span<HuffmanEntry> entries;
  unsigned bits;
  std::span<const HuffmanEntry> symbols;
};

/// Fills a table from the lengths of the codes (RFC 1951 §3.2.2; 0: unused). Of incomplete codes
/// only what encoders make is taken, as zlib does: no code at all, or one of a single bit.
/// @param lengths  of each symbol, at most kLongestCode
/// @return false when they are the lengths of no code
[[nodiscard]] bool fill(const HuffmanTable& table, std::span<const std::uint8_t> lengths);

// What the tables of RFC 1951 §3.2.5 and §3.2.7 need at most: the first lookup and all subtables
// of 288, 32 or 19 symbols. Found with zlib's `enough`.
inline constexpr unsigned kLiteralBits = 11;
inline constexpr unsigned kDistanceBits = 8;
inline constexpr unsigned kLengthBits = 7;
inline constexpr std::size_t kLiteralEntries = 2342;
inline constexpr std::size_t kDistanceEntries = 402;
inline constexpr std::size_t kLengthEntries = 128;

inline constexpr std::size_t kLiteralSymbols = 288;
inline constexpr std::size_t kDistanceSymbols = 32;
inline constexpr std::size_t kLengthSymbols = 19;

[[nodiscard]] std::span<const HuffmanEntry> literal_symbols();
[[nodiscard]] std::span<const HuffmanEntry> distance_symbols();
/// Lengths of codes: the symbol itself, as a literal.
[[nodiscard]] std::span<const HuffmanEntry> length_symbols();

}  // namespace plimsoll::archive
