#include "archive/huffman_table.h"

#include <algorithm>
#include <array>
#include <bit>

namespace plimsoll::archive {
namespace {

struct Extra {
  std::uint16_t base;
  std::uint8_t bits;
};

// RFC 1951 §3.2.5: symbols 257 to 285.
constexpr Extra kLengths[] = {
    {3, 0},  {4, 0},  {5, 0},  {6, 0},   {7, 0},   {8, 0},   {9, 0},   {10, 0},  {11, 1}, {13, 1},
    {15, 1}, {17, 1}, {19, 2}, {23, 2},  {27, 2},  {31, 2},  {35, 3},  {43, 3},  {51, 3}, {59, 3},
    {67, 4}, {83, 4}, {99, 4}, {115, 4}, {131, 5}, {163, 5}, {195, 5}, {227, 5}, {258, 0}};
constexpr Extra kDistances[] = {{1, 0},     {2, 0},     {3, 0},      {4, 0},      {5, 1},
                                {7, 1},     {9, 2},     {13, 2},     {17, 3},     {25, 3},
                                {33, 4},    {49, 4},    {65, 5},     {97, 5},     {129, 6},
                                {193, 6},   {257, 7},   {385, 7},    {513, 8},    {769, 8},
                                {1025, 9},  {1537, 9},  {2049, 10},  {3073, 10},  {4097, 11},
                                {6145, 11}, {8193, 12}, {12289, 12}, {16385, 13}, {24577, 13}};

constexpr HuffmanEntry word_of(Extra extra) {
  return HuffmanEntry{extra.base} << 16U | extra.bits;
}

constexpr auto kLiteralSymbolWords = [] {
  std::array<HuffmanEntry, kLiteralSymbols> words{};
  words.fill(kNoCode);  // 286 and 287 have a code in fixed blocks and no meaning
  for (HuffmanEntry byte = 0; byte < 256; ++byte) words[byte] = byte << 16U | kLiteral;
  words[256] = kUnusual | kEndOfBlock;
  for (std::size_t i = 0; i < std::size(kLengths); ++i) words[257 + i] = word_of(kLengths[i]);
  return words;
}();

constexpr auto kDistanceSymbolWords = [] {
  std::array<HuffmanEntry, kDistanceSymbols> words{};
  words.fill(kNoCode);  // 30 and 31
  for (std::size_t i = 0; i < std::size(kDistances); ++i) words[i] = word_of(kDistances[i]);
  return words;
}();

constexpr auto kLengthSymbolWords = [] {
  std::array<HuffmanEntry, kLengthSymbols> words{};
  for (HuffmanEntry i = 0; i < kLengthSymbols; ++i) words[i] = i << 16U | kLiteral;
  return words;
}();

/// The symbols that have a code, by the lengths of their codes.
struct Sorted {
  std::array<std::uint16_t, kLongestCode + 1> counts{};
  std::array<std::uint16_t, kLiteralSymbols> symbols;
};

void sort(std::span<const std::uint8_t> lengths, Sorted& sorted) {
  for (const std::uint8_t length : lengths) ++sorted.counts[length];
  std::array<std::uint16_t, kLongestCode + 2> begins{};
  for (std::size_t length = 1; length <= kLongestCode; ++length) {
    begins[length + 1] = static_cast<std::uint16_t>(begins[length] + sorted.counts[length]);
  }
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    if (lengths[i] != 0) sorted.symbols[begins[lengths[i]]++] = static_cast<std::uint16_t>(i);
  }
}

enum class Kind : std::uint8_t { kComplete, kIncomplete, kWrong };

Kind kind_of(const Sorted& sorted) {
  int left = 1;  // codes of this length that are free
  for (std::size_t length = 1; length <= kLongestCode; ++length) {
    left = left * 2 - sorted.counts[length];
    if (left < 0) return Kind::kWrong;
  }
  if (left == 0) return Kind::kComplete;
  const auto codes = std::count_if(sorted.counts.begin() + 1, sorted.counts.end(),
                                   [](std::uint16_t count) { return count != 0; });
  const bool is_one_bit = codes == 1 && sorted.counts[1] == 1;
  return codes == 0 || is_one_bit ? Kind::kIncomplete : Kind::kWrong;
}

/// The next code of `length` bits. Codes stand in the stream with their first bit lowest, so that
/// the carry runs downwards.
unsigned next_code(unsigned code, unsigned length) {
  const unsigned zeros = ~code & ((1U << length) - 1);
  if (zeros == 0) return 0;
  const unsigned carry = std::bit_floor(zeros);
  return (code & (carry - 1)) | carry;
}

HuffmanEntry with_length(HuffmanEntry symbol, unsigned length) {
  return symbol + (length << 8U) + length;
}

}  // namespace

bool fill(const HuffmanTable& table, std::span<const std::uint8_t> lengths) {
  Sorted sorted;
  sort(lengths, sorted);
  const Kind kind = kind_of(sorted);
  if (kind == Kind::kWrong) return false;
  HuffmanEntry* const entries = table.entries.data();
  if (kind == Kind::kIncomplete) {
    std::fill_n(entries, std::size_t{1} << table.bits, kNoCode | 1U);
    if (sorted.counts[1] == 0) return true;
    const HuffmanEntry only = with_length(table.symbols[sorted.symbols[0]], 1);
    for (std::size_t i = 0; i < std::size_t{1} << table.bits; i += 2) entries[i] = only;
    return true;
  }
  // The table of codes up to some length, twice behind each other, is that of codes one bit longer:
  // so each short code is written once and copied with all others.
  const std::uint16_t* symbol = sorted.symbols.data();
  unsigned code = 0;
  std::size_t size = 1;
  entries[0] = kNoCode;
  for (unsigned length = 1; length <= table.bits; ++length) {
    std::copy_n(entries, size, entries + size);
    size *= 2;
    for (unsigned left = sorted.counts[length]; left > 0; --left) {
      entries[code] = with_length(table.symbols[*symbol++], length);
      code = next_code(code, length);
    }
  }
  // Longer codes go to subtables, one for all that begin with the same bits.
  const unsigned prefix_mask = (1U << table.bits) - 1;
  unsigned prefix = ~0U;
  unsigned subtable_bits = 0;
  std::size_t begin = 0;
  for (unsigned length = table.bits + 1; length <= kLongestCode; ++length) {
    for (unsigned left = sorted.counts[length]; left > 0; --left) {
      if ((code & prefix_mask) != prefix) {
        prefix = code & prefix_mask;
        begin = size;
        // As long as the longest that fills it: codes of one prefix follow each other.
        subtable_bits = length - table.bits;
        unsigned used = left;
        while (used < (1U << subtable_bits) && table.bits + subtable_bits < kLongestCode) {
          ++subtable_bits;
          used = used * 2 + sorted.counts[table.bits + subtable_bits];
        }
        size += std::size_t{1} << subtable_bits;
        entries[prefix] = static_cast<HuffmanEntry>(begin) << 16U | kUnusual | kSubtable |
                          subtable_bits << 8U | table.bits;
      }
      const unsigned own = length - table.bits;
      const HuffmanEntry entry = with_length(table.symbols[*symbol++], own);
      for (std::size_t i = code >> table.bits; i < std::size_t{1} << subtable_bits;
           i += std::size_t{1} << own) {
        entries[begin + i] = entry;
      }
      code = next_code(code, length);
    }
  }
  return true;
}

std::span<const HuffmanEntry> literal_symbols() {
  return kLiteralSymbolWords;
}
std::span<const HuffmanEntry> distance_symbols() {
  return kDistanceSymbolWords;
}
std::span<const HuffmanEntry> length_symbols() {
  return kLengthSymbolWords;
}

}  // namespace plimsoll::archive
