#include "archive/deflate_block.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace plimsoll::archive {
namespace {

// The loop is made twice, for processors with and without some instructions; what it calls must
// become part of it, whatever the compiler thinks of that.
#define PL_ALWAYS_INLINE __attribute__((always_inline))
#define PL_INLINE PL_ALWAYS_INLINE inline

constexpr unsigned kMostDistanceBits = 15 + 13;  // a code and what follows it
/// Bytes of the input that are looked at before the loop asks again whether there are more.
constexpr std::ptrdiff_t kMostTaken = 24;

constexpr std::size_t kWord = 16;

/// Both may overlap: all is read before anything is written.
PL_INLINE void copy_word(char* to, const char* from) {
  char word[kWord];
  std::memcpy(word, from, kWord);
  std::memcpy(to, word, kWord);
}

/// Bytes from `distance` before, which may be fewer than `length`: then they repeat. Writes up to
/// 48 bytes more than it should.
PL_INLINE void copy_match(char* to, std::size_t distance, std::size_t length) {
  const char* from = to - distance;
  char* const end = to + length;
  if (distance >= kWord) [[likely]] {
    copy_word(to, from);
    copy_word(to + kWord, from + kWord);
    if (length <= 2 * kWord) [[likely]]
      return;
    to += 2 * kWord;
    from += 2 * kWord;
    do {
      copy_word(to, from);
      copy_word(to + kWord, from + kWord);
      to += 2 * kWord;
      from += 2 * kWord;
    } while (to < end);
    return;
  }
  if (distance == 1) {
    std::memset(to, *from, (length + kWord - 1) / kWord * kWord);
    return;
  }
  // The first word byte by byte; then it repeats at the largest multiple of the distance in it.
  for (std::size_t i = 0; i < kWord; ++i) to[i] = from[i];
  const std::size_t stride = kWord - kWord % distance;
  for (from = to, to += stride; to < end; to += stride) copy_word(to, from);
}

PL_INLINE std::uint64_t low_bits(std::uint64_t word, unsigned count) {
  return word & ((std::uint64_t{1} << count) - 1);
}

PL_INLINE std::uint64_t load(const char* in) {
  std::uint64_t word = 0;
  std::memcpy(&word, in, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

/// Bits as the fast loop has them: always at least 56 after more(). Only the low six bits of the
/// count mean anything, so that a whole entry can be subtracted from it; those of the word above
/// the count are the ones that come next, or 0.
struct FastBits {
  std::uint64_t word;
  std::uint32_t count;
  const char* in;

  PL_INLINE void more() {
    word |= load(in) << (count & 63U);
    in += (63U - count) >> 3U & 7U;
    count |= 56U;
  }
  /// @return the bits as they were before
  PL_INLINE std::uint64_t pass(HuffmanEntry entry) {
    const std::uint64_t before = word;
    word >>= entry & 63U;
    count -= entry;
    return before;
  }
  [[nodiscard]] PL_INLINE unsigned there() const { return count & 63U; }
};

/// The number that a code stands for: its base and the extra bits behind it.
PL_INLINE std::size_t number_of(HuffmanEntry entry, std::uint64_t before) {
  return value_of(entry) + (low_bits(before, bits_of(entry)) >> code_length_of(entry));
}

/// While there is so much input and room that neither has to be looked at within a turn.
PL_INLINE BlockEnd decode_fast(const DeflateCodes& codes, DeflateBits& outer, const char* in_end,
                               DeflateOutput& output) {
  const HuffmanEntry* const literals = codes.literals.data();
  const HuffmanEntry* const distances = codes.distances.data();
  const char* const in_begin = outer.in;
  const char* const in_last = in_end - kMostTaken;
  const char* const full = output.full;
  const char* const oldest = output.oldest;
  char* out = output.next;
  FastBits bits{outer.word, outer.count, outer.in};
  BlockEnd end = BlockEnd::kInput;

  const auto next = [&]() PL_ALWAYS_INLINE { return literals[low_bits(bits.word, kLiteralBits)]; };
  const auto put = [&](HuffmanEntry entry)
                       PL_ALWAYS_INLINE { *out++ = static_cast<char>(value_of(entry)); };

  bits.more();
  HuffmanEntry entry = next();
  while (true) {
    std::uint64_t before = bits.pass(entry);
    if ((entry & kLiteral) != 0) {
      put(entry);
      entry = next();
      before = bits.pass(entry);
      if ((entry & kLiteral) != 0) {
        put(entry);
        entry = next();
        before = bits.pass(entry);
        if ((entry & kLiteral) != 0) {
          put(entry);
          bits.more();
          entry = next();
          if (bits.in > in_last || out >= full) break;
          continue;
        }
      }
    }
    if ((entry & kUnusual) != 0) [[unlikely]] {
      if ((entry & kSubtable) != 0) {
        entry = literals[value_of(entry) + low_bits(bits.word, code_length_of(entry))];
        before = bits.pass(entry);
      }
      if ((entry & kLiteral) != 0) {
        put(entry);
        bits.more();
        entry = next();
        if (bits.in > in_last || out >= full) break;
        continue;
      }
      if ((entry & kUnusual) != 0) {
        end = (entry & kEndOfBlock) != 0 ? BlockEnd::kBlock : BlockEnd::kBroken;
        break;
      }
    }
    const std::size_t length = number_of(entry, before);

    entry = distances[low_bits(bits.word, kDistanceBits)];
    if (bits.there() < kMostDistanceBits + kLiteralBits) [[unlikely]]
      bits.more();
    before = bits.pass(entry);
    if ((entry & kUnusual) != 0) [[unlikely]] {
      if ((entry & kSubtable) != 0) {
        entry = distances[value_of(entry) + low_bits(bits.word, code_length_of(entry))];
        before = bits.pass(entry);
      }
      if ((entry & kUnusual) != 0) {
        end = BlockEnd::kBroken;
        break;
      }
    }
    const std::size_t distance = number_of(entry, before);
    if (distance > static_cast<std::size_t>(out - oldest)) [[unlikely]] {
      end = BlockEnd::kBroken;
      break;
    }
    // The next lookup does not wait for the copy.
    entry = next();
    bits.more();
    copy_match(out, distance, length);
    out += length;
    if (bits.in > in_last || out >= full) break;
  }
  // Whole bytes go back, but for those that came before this input.
  const auto taken = static_cast<std::size_t>(bits.in - in_begin);
  const std::size_t back = std::min<std::size_t>(bits.there() / 8, taken);
  outer.in = bits.in - back;
  outer.count = bits.there() - static_cast<unsigned>(back) * 8;
  outer.word = low_bits(bits.word, outer.count);
  output.next = out;
  return end;
}

BlockEnd decode_fast_anywhere(const DeflateCodes& codes, DeflateBits& bits, const char* in_end,
                              DeflateOutput& output) {
  return decode_fast(codes, bits, in_end, output);
}

#if defined(__x86_64__)
/// Shifts and masks in one instruction each, without a register of their own.
__attribute__((target("bmi,bmi2"))) BlockEnd decode_fast_bmi(const DeflateCodes& codes,
                                                             DeflateBits& bits, const char* in_end,
                                                             DeflateOutput& output) {
  return decode_fast(codes, bits, in_end, output);
}

using Decode = BlockEnd (*)(const DeflateCodes&, DeflateBits&, const char*, DeflateOutput&);

Decode fastest() {
  static const Decode kFastest = [] {
    constexpr unsigned kBoth = 1U << 3U | 1U << 8U;  // of leaf 7, EBX
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    const bool has = __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & kBoth) == kBoth;
    return has ? decode_fast_bmi : decode_fast_anywhere;
  }();
  return kFastest;
}
#else
constexpr auto fastest() {
  return decode_fast_anywhere;
}
#endif

/// A code of either table, subtable included. Nothing when the input ends within it.
struct Found {
  HuffmanEntry entry;
  unsigned used;  ///< bits up to the end of it and its extra bits
};
std::optional<Found> find(const HuffmanEntry* table, unsigned table_bits, DeflateBits& bits,
                          const char* in_end, unsigned skipped) {
  auto entry = bits.look_up(table, table_bits, in_end, skipped);
  if (entry && (*entry & kSubtable) != 0) {
    skipped += table_bits;
    entry = bits.look_up(table + value_of(*entry), code_length_of(*entry), in_end, skipped);
  }
  if (!entry || !bits.fill(skipped + bits_of(*entry), in_end)) return std::nullopt;
  return Found{*entry, skipped + bits_of(*entry)};
}

std::size_t number_of(const Found& found, const DeflateBits& bits) {
  return number_of(found.entry, bits.word >> (found.used - bits_of(found.entry)));
}

enum class Symbol : std::uint8_t { kDone, kEndOfBlock, kNeedsInput, kBroken };

/// One symbol, looking at every bound.
Symbol decode_one(const DeflateCodes& codes, DeflateBits& bits, const char* in_end,
                  DeflateOutput& output) {
  const auto pass = [&bits](unsigned count) {
    bits.word >>= count;
    bits.count -= count;
  };
  const auto first = find(codes.literals.data(), kLiteralBits, bits, in_end, 0);
  if (!first) return Symbol::kNeedsInput;
  if ((first->entry & kLiteral) != 0) {
    *output.next++ = static_cast<char>(value_of(first->entry));
    pass(first->used);
    return Symbol::kDone;
  }
  if ((first->entry & kUnusual) != 0) {
    pass(first->used);
    return (first->entry & kEndOfBlock) != 0 ? Symbol::kEndOfBlock : Symbol::kBroken;
  }
  const auto second = find(codes.distances.data(), kDistanceBits, bits, in_end, first->used);
  if (!second) return Symbol::kNeedsInput;
  if ((second->entry & kUnusual) != 0) return Symbol::kBroken;
  const std::size_t length = number_of(*first, bits);
  const std::size_t distance = number_of(*second, bits);
  if (distance > static_cast<std::size_t>(output.next - output.oldest)) return Symbol::kBroken;
  copy_match(output.next, distance, length);
  output.next += length;
  pass(second->used);
  return Symbol::kDone;
}

}  // namespace

BlockEnd decode_block(const DeflateCodes& codes, DeflateBits& bits, const char* in_end,
                      DeflateOutput& output) {
  while (true) {
    if (output.next >= output.full) return BlockEnd::kRoom;
    if (in_end - bits.in > kMostTaken) {
      const BlockEnd end = fastest()(codes, bits, in_end, output);
      if (end != BlockEnd::kInput) return end;
      continue;
    }
    switch (decode_one(codes, bits, in_end, output)) {
      case Symbol::kDone: break;
      case Symbol::kEndOfBlock: return BlockEnd::kBlock;
      case Symbol::kNeedsInput: return BlockEnd::kInput;
      case Symbol::kBroken: return BlockEnd::kBroken;
    }
  }
}

}  // namespace plimsoll::archive
