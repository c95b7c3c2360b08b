#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "archive/huffman_table.h"

namespace plimsoll::archive {

/// DEFLATE for tests, symbol by symbol, and what it unpacks to, made the slow way.
class SampleDeflate {
 public:
  using Lengths = std::vector<std::uint8_t>;  ///< of codes, by symbol

  void bits(std::uint32_t value, unsigned count) {
    for (unsigned i = 0; i < count; ++i) bit((value >> i & 1U) != 0);
  }

  /// @param lie  is added to the second size
  void stored(const std::string& text, bool is_last, std::uint32_t lie = 0) {
    bits(is_last ? 1 : 0, 3);
    used_ = 8;
    const auto size = static_cast<std::uint32_t>(text.size());
    bits(size, 16);
    bits((~size + lie) & 0xffffU, 16);
    bytes += text;
    unpacked += text;
  }

  void begin_fixed(bool is_last) {
    bits((is_last ? 1U : 0U) | 1U << 1U, 3);
    Lengths literals(kLiteralSymbols, 8);
    std::fill(literals.begin() + 144, literals.begin() + 256, std::uint8_t{9});
    std::fill(literals.begin() + 256, literals.begin() + 280, std::uint8_t{7});
    use(literals, Lengths(kDistanceSymbols, 5));
  }

  /// At least 257 literals and one distance.
  void begin_dynamic(const Lengths& literals, const Lengths& distances, bool is_last) {
    bits((is_last ? 1U : 0U) | 2U << 1U, 3);
    bits(static_cast<std::uint32_t>(literals.size() - 257), 5);
    bits(static_cast<std::uint32_t>(distances.size() - 1), 5);
    bits(15, 4);
    // All 19 lengths have a code: thirteen of four bits, six of five.
    Lengths of_lengths(kLengthSymbols, 4);
    std::fill(of_lengths.begin() + 13, of_lengths.end(), std::uint8_t{5});
    for (const unsigned i :
         {16U, 17U, 18U, 0U, 8U, 7U, 9U, 6U, 10U, 5U, 11U, 4U, 12U, 3U, 13U, 2U, 14U, 1U, 15U}) {
      bits(of_lengths[i], 3);
    }
    const std::vector<std::uint32_t> codes = codes_of(of_lengths);
    for (const Lengths* each : {&literals, &distances}) {
      for (const std::uint8_t length : *each) code(codes[length], of_lengths[length]);
    }
    use(literals, distances);
  }

  void literal(unsigned char byte) {
    symbol(byte);
    unpacked += static_cast<char>(byte);
  }
  void end_block() { symbol(256); }

  /// What is not there to be repeated is not unpacked.
  void match(std::size_t length, std::size_t distance) {
    number(literal_symbols().subspan(257, 29), length, [this](std::size_t i) { symbol(257 + i); });
    number(distance_symbols().first(30), distance, [this](std::size_t i) { distance_symbol(i); });
    if (distance > unpacked.size()) return;
    for (; length > 0; --length) unpacked += unpacked[unpacked.size() - distance];
  }
  void symbol(std::size_t i) { code(literals_[i], literal_lengths_[i]); }
  void distance_symbol(std::size_t i) { code(distances_[i], distance_lengths_[i]); }

  std::string bytes;
  std::string unpacked;

 private:
  void bit(bool set) {
    if (used_ == 8) {
      bytes += '\0';
      used_ = 0;
    }
    if (set)
      bytes.back() = static_cast<char>(static_cast<unsigned char>(bytes.back()) | 1U << used_);
    ++used_;
  }
  /// Codes begin with their highest bit.
  void code(std::uint32_t value, unsigned length) {
    for (unsigned i = length; i > 0; --i) bit((value >> (i - 1) & 1U) != 0);
  }
  /// RFC 1951 §3.2.2, as it is written there.
  static std::vector<std::uint32_t> codes_of(const Lengths& lengths) {
    std::array<std::uint32_t, kLongestCode + 2> next{};
    for (std::uint32_t length = 1, begin = 0; length <= kLongestCode; ++length) {
      next[length] = begin;
      const auto count = std::count(lengths.begin(), lengths.end(), length);
      begin = (begin + static_cast<std::uint32_t>(count)) << 1U;
    }
    std::vector<std::uint32_t> codes;
    for (const std::uint8_t length : lengths) codes.push_back(length == 0 ? 0 : next[length]++);
    return codes;
  }
  void use(const Lengths& literals, const Lengths& distances) {
    literal_lengths_ = literals;
    distance_lengths_ = distances;
    literals_ = codes_of(literals);
    distances_ = codes_of(distances);
  }
  template <class Put>
  void number(std::span<const HuffmanEntry> symbols, std::size_t value, const Put& put) {
    std::size_t i = symbols.size() - 1;
    while (value_of(symbols[i]) > value) --i;
    put(i);
    bits(static_cast<std::uint32_t>(value - value_of(symbols[i])), bits_of(symbols[i]));
  }

  unsigned used_ = 8;
  Lengths literal_lengths_;
  Lengths distance_lengths_;
  std::vector<std::uint32_t> literals_;
  std::vector<std::uint32_t> distances_;
};

}  // namespace plimsoll::archive
