#include "image/inflate.h"

#include <array>
#include <cstdint>
#include <span>

namespace plimsoll::image {
namespace {

constexpr std::size_t kLongestCode = 15;

/// A canonical Huffman code (RFC 1951 §3.2.2): symbols in the order of their codes and how many
/// codes each length has. Decoding goes bit by bit: what is read here is some kilobytes.
class Code {
 public:
  explicit Code(std::span<const std::uint8_t> lengths) {
    for (const std::uint8_t length : lengths) ++counts_[length];
    counts_[0] = 0;
    std::array<std::uint16_t, kLongestCode + 2> starts{};
    for (std::size_t i = 1; i <= kLongestCode; ++i) {
      starts[i + 1] = static_cast<std::uint16_t>(starts[i] + counts_[i]);
    }
    for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
      if (lengths[symbol] == 0) continue;
      symbols_[starts[lengths[symbol]]++] = static_cast<std::uint16_t>(symbol);
    }
  }

  /// -1 when the bits are no code.
  template <class NextBit>
  int decode(const NextBit& next_bit) const {
    int code = 0;
    int first = 0;
    int index = 0;
    for (std::size_t length = 1; length <= kLongestCode; ++length) {
      const int bit = next_bit();
      if (bit < 0) return -1;
      code |= bit;
      const int count = counts_[length];
      if (code - count < first) return symbols_[static_cast<std::size_t>(index + code - first)];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return -1;
  }

 private:
  std::array<std::uint16_t, kLongestCode + 1> counts_{};
  std::array<std::uint16_t, 288> symbols_{};
};

/// Codes must not claim more than there are; fewer (one distance code) are allowed.
bool is_oversubscribed(std::span<const std::uint8_t> lengths) {
  std::array<int, kLongestCode + 1> counts{};
  for (const std::uint8_t length : lengths) ++counts[length];
  int left = 1;
  for (std::size_t i = 1; i <= kLongestCode; ++i) {
    left = (left << 1) - counts[i];
    if (left < 0) return true;
  }
  return false;
}

class Inflater {
 public:
  Inflater(std::string_view in, std::size_t most) : in_(in), most_(most) {}

  Result<std::string> run() {
    bool is_last = false;
    while (!is_last) {
      is_last = bits(1) == 1;
      const int type = bits(2);
      const bool good = type == 0 ? stored() : type == 1 ? fixed() : type == 2 ? dynamic() : false;
      if (too_large_) return fail(ErrorCode::kTooLarge, "more bytes than may be unpacked");
      if (!good) return fail(ErrorCode::kInvalid, "broken DEFLATE data");
    }
    return std::move(out_);
  }

 private:
  /// -1 past the end.
  int bits(std::size_t count) {
    while (bit_count_ < count) {
      if (at_ >= in_.size()) return -1;
      buffer_ |= static_cast<std::uint32_t>(static_cast<unsigned char>(in_[at_++])) << bit_count_;
      bit_count_ += 8;
    }
    const std::uint32_t value = buffer_ & ((1U << count) - 1);
    buffer_ >>= count;
    bit_count_ -= count;
    return static_cast<int>(value);
  }

  bool stored() {
    buffer_ = 0;  // the rest of the byte
    bit_count_ = 0;
    const int length = bits(16);
    const int complement = bits(16);
    if (length < 0 || complement != (~length & 0xFFFF)) return false;
    const auto size = static_cast<std::size_t>(length);
    if (in_.size() - at_ < size || !has_room(size)) return false;
    out_.append(in_.substr(at_, size));
    at_ += size;
    return true;
  }

  bool fixed() {
    static const Code kLiterals = [] {
      std::array<std::uint8_t, 288> lengths{};
      for (std::size_t i = 0; i < lengths.size(); ++i) {
        lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
      }
      return Code(lengths);
    }();
    static const Code kDistances = [] {
      std::array<std::uint8_t, 30> lengths{};
      lengths.fill(5);
      return Code(lengths);
    }();
    return block(kLiterals, kDistances);
  }

  bool dynamic() {
    static constexpr std::array<std::uint8_t, 19> kOrder{16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                         11, 4,  12, 3, 13, 2, 14, 1, 15};
    const int literal_codes = bits(5) + 257;
    const int distance_codes = bits(5) + 1;
    const int length_codes = bits(4) + 4;
    if (length_codes < 4 || literal_codes < 257 || literal_codes > 286 || distance_codes < 1 ||
        distance_codes > 30) {
      return false;
    }
    std::array<std::uint8_t, 19> code_lengths{};
    for (std::size_t i = 0; i < static_cast<std::size_t>(length_codes); ++i) {
      const int length = bits(3);
      if (length < 0) return false;
      code_lengths[kOrder[i]] = static_cast<std::uint8_t>(length);
    }
    if (is_oversubscribed(code_lengths)) return false;
    std::array<std::uint8_t, 286 + 30> lengths{};
    const auto all = static_cast<std::size_t>(literal_codes + distance_codes);
    if (!read_lengths(Code(code_lengths), std::span(lengths).first(all))) return false;
    const auto literals = std::span(lengths).first(static_cast<std::size_t>(literal_codes));
    const auto distances = std::span(lengths).subspan(static_cast<std::size_t>(literal_codes),
                                                      static_cast<std::size_t>(distance_codes));
    if (is_oversubscribed(literals) || is_oversubscribed(distances)) return false;
    return block(Code(literals), Code(distances));
  }

  bool read_lengths(const Code& code, std::span<std::uint8_t> lengths) {
    std::size_t at = 0;
    while (at < lengths.size()) {
      const int symbol = code.decode([this] { return bits(1); });
      if (symbol < 0) return false;
      if (symbol < 16) {
        lengths[at++] = static_cast<std::uint8_t>(symbol);
        continue;
      }
      if (symbol == 16 && at == 0) return false;
      const std::uint8_t repeated = symbol == 16 ? lengths[at - 1] : std::uint8_t{0};
      const int more = symbol == 16 ? bits(2) : symbol == 17 ? bits(3) : bits(7);
      if (more < 0) return false;
      auto count = static_cast<std::size_t>(more) + (symbol == 18 ? 11 : 3);
      if (count > lengths.size() - at) return false;
      while (count-- > 0) lengths[at++] = repeated;
    }
    return true;
  }

  bool block(const Code& literals, const Code& distances) {
    static constexpr std::array<std::uint16_t, 29> kLengths{
        3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
        31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
    static constexpr std::array<std::uint8_t, 29> kLengthBits{
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
    static constexpr std::array<std::uint16_t, 30> kDistances{
        1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
        193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
    static constexpr std::array<std::uint8_t, 30> kDistanceBits{
        0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
        6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
    const auto next_bit = [this] { return bits(1); };
    while (true) {
      const int symbol = literals.decode(next_bit);
      if (symbol < 0) return false;
      if (symbol == 256) return true;
      if (symbol < 256) {
        if (!has_room(1)) return false;
        out_ += static_cast<char>(symbol);
        continue;
      }
      const auto length_code = static_cast<std::size_t>(symbol - 257);
      if (length_code >= kLengths.size()) return false;
      const int more_length = bits(kLengthBits[length_code]);
      const int distance_symbol = distances.decode(next_bit);
      if (more_length < 0 || distance_symbol < 0) return false;
      const auto distance_code = static_cast<std::size_t>(distance_symbol);
      const int more_distance = bits(kDistanceBits[distance_code]);
      if (more_distance < 0) return false;
      const std::size_t length = kLengths[length_code] + static_cast<std::size_t>(more_length);
      const std::size_t distance =
          kDistances[distance_code] + static_cast<std::size_t>(more_distance);
      if (distance > out_.size() || !has_room(length)) return false;
      // Byte by byte: what is copied may overlap what is written.
      for (std::size_t i = 0; i < length; ++i) out_ += out_[out_.size() - distance];
    }
  }

  bool has_room(std::size_t bytes) {
    too_large_ = too_large_ || most_ - out_.size() < bytes;
    return !too_large_;
  }

  std::string_view in_;
  std::size_t most_;
  std::size_t at_ = 0;
  std::uint32_t buffer_ = 0;
  std::size_t bit_count_ = 0;
  std::string out_;
  bool too_large_ = false;
};

}  // namespace

Result<std::string> inflate(std::string_view deflated, std::size_t most) {
  return Inflater(deflated, most).run();
}

}  // namespace plimsoll::image
