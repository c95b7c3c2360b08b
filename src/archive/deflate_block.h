#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "archive/huffman_table.h"

namespace plimsoll::archive {

/// The bits of a DEFLATE stream, the next one lowest.
struct DeflateBits {
  std::uint64_t word = 0;  ///< taken from the input and not used yet; 0 above `count`
  unsigned count = 0;      ///< at most 56 between two calls
  const char* in = nullptr;

  /// Takes bytes until there are `wanted` bits, at most 56, and not one more.
  /// @return false when the input ends before
  bool fill(unsigned wanted, const char* in_end) {
    while (count < wanted) {
      if (in == in_end) return false;
      word |= std::uint64_t{static_cast<unsigned char>(*in++)} << count;
      count += 8;
    }
    return true;
  }
  /// @param wanted  at most 32, and as many as there are
  std::uint32_t take(unsigned wanted) {
    const auto value = static_cast<std::uint32_t>(word & ((std::uint64_t{1} << wanted) - 1));
    word >>= wanted;
    count -= wanted;
    return value;
  }
  /// The entry that the bits behind `skipped` ones lead to. Nothing when the input ends before.
  std::optional<HuffmanEntry> look_up(const HuffmanEntry* table, unsigned table_bits,
                                      const char* in_end, unsigned skipped = 0) {
    while (true) {
      const HuffmanEntry entry = table[(word >> skipped) & ((std::uint64_t{1} << table_bits) - 1)];
      // Bits that are not there yet are 0 here: an entry holds once all of its own are there.
      const unsigned own = (entry & kSubtable) != 0 ? table_bits : code_length_of(entry);
      if (skipped + own <= count) return entry;
      if (!fill(count + 1, in_end)) return std::nullopt;
    }
  }
};

/// Codes of a block's symbols.
struct DeflateCodes {
  std::array<HuffmanEntry, kLiteralEntries> literals;
  std::array<HuffmanEntry, kDistanceEntries> distances;
};

/// How many bytes behind its end an output must have, for the longest match and for copies in
/// large words.
inline constexpr std::size_t kDeflateRoom = 512;

struct DeflateOutput {
  char* next;
  const char* oldest;  ///< a match reaches back to here
  const char* full;    ///< nothing is begun behind it
};

enum class BlockEnd : std::uint8_t { kBlock, kInput, kRoom, kBroken };

/// Symbols of a block, until it ends (kBlock), the input does or there is no room.
[[nodiscard]] BlockEnd decode_block(const DeflateCodes& codes, DeflateBits& bits,
                                    const char* in_end, DeflateOutput& output);

}  // namespace plimsoll::archive
