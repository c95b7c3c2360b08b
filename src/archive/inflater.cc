#include "archive/inflater.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "archive/deflate_block.h"
#include "archive/huffman_table.h"

namespace plimsoll::archive {
namespace {

constexpr std::size_t kWindow = 32U << 10U;
constexpr std::size_t kFull = kWindow + Inflater::kPiece;
constexpr std::size_t kMostLengths = 286 + 30;  // RFC 1951 §3.2.7
constexpr std::size_t kLongestRepeat = 138;

enum class At : std::uint8_t {
  kHeader,         ///< of a block
  kStoredSize,     ///< of a block that is stored as it is
  kStored,         ///< its bytes
  kCounts,         ///< of the codes of a block that brings its own
  kLengthLengths,  ///< of the code that the lengths of codes are in
  kLengths,        ///< of the codes
  kSymbols,        ///< of a block
  kEnd,
};

enum class Outcome : std::uint8_t { kGoesOn, kNeedsInput, kIsFull, kBroken };

}  // namespace

/// A member function for each part of a block. What needs more bits than there are takes none.
struct Inflater::State {
  DeflateCodes codes;
  DeflateBits bits;
  const char* in_end = nullptr;
  At at = At::kHeader;
  bool is_last = false;
  bool has_fixed_codes = false;
  std::size_t out = kWindow;     ///< where the next byte goes
  std::size_t piece = kWindow;   ///< where what was not dropped begins
  std::size_t oldest = kWindow;  ///< the first byte of this stream that is still there
  std::size_t stored = 0;        ///< bytes of the block that are not copied yet
  unsigned literals = 0;         ///< codes of each kind
  unsigned distances = 0;
  unsigned of_lengths = 0;
  unsigned lengths_read = 0;
  std::array<std::uint8_t, kMostLengths + kLongestRepeat> lengths;
  std::array<HuffmanEntry, kLengthEntries> length_codes;
  std::array<char, kFull + kDeflateRoom> memory;

  Outcome advance() {
    switch (at) {
      case At::kHeader: return read_header();
      case At::kStoredSize: return read_stored_size();
      case At::kStored: return copy_stored();
      case At::kCounts: return read_counts();
      case At::kLengthLengths: return read_length_lengths();
      case At::kLengths: return read_lengths();
      case At::kSymbols: return read_symbols();
      case At::kEnd: break;
    }
    return Outcome::kNeedsInput;
  }

 private:
  bool need(unsigned count) { return bits.fill(count, in_end); }

  Outcome read_header() {
    if (is_last) {
      at = At::kEnd;
      return Outcome::kGoesOn;
    }
    if (!need(3)) return Outcome::kNeedsInput;
    is_last = bits.take(1) != 0;
    switch (bits.take(2)) {
      case 0:
        bits.take(bits.count % 8);
        at = At::kStoredSize;
        return Outcome::kGoesOn;
      case 1: use_fixed_codes(); return Outcome::kGoesOn;
      case 2: at = At::kCounts; return Outcome::kGoesOn;
      default: return Outcome::kBroken;
    }
  }

  Outcome read_stored_size() {
    if (!need(32)) return Outcome::kNeedsInput;
    const std::uint32_t size = bits.take(16);
    if (size != (~bits.take(16) & 0xffffU)) return Outcome::kBroken;
    stored = size;
    at = At::kStored;
    return Outcome::kGoesOn;
  }

  Outcome copy_stored() {
    const auto there = static_cast<std::size_t>(in_end - bits.in);
    const std::size_t size = std::min({stored, there, kFull - out});
    std::copy_n(bits.in, size, memory.data() + out);
    bits.in += size;
    out += size;
    stored -= size;
    if (stored == 0) {
      at = At::kHeader;
      return Outcome::kGoesOn;
    }
    return out == kFull ? Outcome::kIsFull : Outcome::kNeedsInput;
  }

  Outcome read_counts() {
    if (!need(14)) return Outcome::kNeedsInput;
    literals = bits.take(5) + 257;
    distances = bits.take(5) + 1;
    of_lengths = bits.take(4) + 4;
    if (literals > 286 || distances > 30) return Outcome::kBroken;
    lengths_read = 0;
    lengths.fill(0);
    at = At::kLengthLengths;
    return Outcome::kGoesOn;
  }

  Outcome read_length_lengths() {
    constexpr std::uint8_t kOrder[kLengthSymbols] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                     11, 4,  12, 3, 13, 2, 14, 1, 15};
    for (; lengths_read < of_lengths; ++lengths_read) {
      if (!need(3)) return Outcome::kNeedsInput;
      lengths[kOrder[lengths_read]] = static_cast<std::uint8_t>(bits.take(3));
    }
    if (!fill({length_codes, kLengthBits, length_symbols()},
              std::span(lengths).first(kLengthSymbols))) {
      return Outcome::kBroken;
    }
    lengths_read = 0;
    at = At::kLengths;
    return Outcome::kGoesOn;
  }

  Outcome read_lengths() {
    struct Repeat {
      unsigned bits;
      unsigned least;
    };
    constexpr Repeat kRepeats[] = {{2, 3}, {3, 3}, {7, 11}};
    const unsigned all = literals + distances;
    while (lengths_read < all) {
      const auto entry = bits.look_up(length_codes.data(), kLengthBits, in_end);
      if (!entry) return Outcome::kNeedsInput;
      if ((*entry & kUnusual) != 0) return Outcome::kBroken;
      const unsigned symbol = value_of(*entry);
      const unsigned own = bits_of(*entry);
      if (symbol < 16) {
        bits.take(own);
        lengths[lengths_read++] = static_cast<std::uint8_t>(symbol);
        continue;
      }
      const Repeat& repeat = kRepeats[symbol - 16];
      if (!need(own + repeat.bits)) return Outcome::kNeedsInput;
      bits.take(own);
      const unsigned count = repeat.least + bits.take(repeat.bits);
      if (symbol == 16 && lengths_read == 0) return Outcome::kBroken;
      if (count > all - lengths_read) return Outcome::kBroken;
      const std::uint8_t value = symbol == 16 ? lengths[lengths_read - 1] : std::uint8_t{0};
      std::fill_n(lengths.begin() + lengths_read, count, value);
      lengths_read += count;
    }
    constexpr std::size_t kEndOfBlockSymbol = 256;
    if (lengths[kEndOfBlockSymbol] == 0) return Outcome::kBroken;
    const std::span<const std::uint8_t> both(lengths);
    has_fixed_codes = false;
    at = At::kSymbols;
    const bool good =
        fill({codes.literals, kLiteralBits, literal_symbols()}, both.first(literals)) &&
        fill({codes.distances, kDistanceBits, distance_symbols()},
             both.subspan(literals, distances));
    return good ? Outcome::kGoesOn : Outcome::kBroken;
  }

  /// RFC 1951 §3.2.6.
  void use_fixed_codes() {
    at = At::kSymbols;
    if (has_fixed_codes) return;
    std::array<std::uint8_t, kLiteralSymbols> fixed;
    for (std::size_t i = 0; i < fixed.size(); ++i)
      fixed[i] = i < 144 || i > 279 ? 8 : i < 256 ? 9 : 7;
    (void)fill({codes.literals, kLiteralBits, literal_symbols()}, fixed);
    std::fill_n(fixed.begin(), kDistanceSymbols, std::uint8_t{5});
    (void)fill({codes.distances, kDistanceBits, distance_symbols()},
               std::span<const std::uint8_t>(fixed).first(kDistanceSymbols));
    has_fixed_codes = true;
  }

  Outcome read_symbols() {
    char* const begin = memory.data();
    DeflateOutput output{begin + out, begin + oldest, begin + kFull};
    const BlockEnd end = decode_block(codes, bits, in_end, output);
    out = static_cast<std::size_t>(output.next - begin);
    switch (end) {
      case BlockEnd::kBlock: at = At::kHeader; return Outcome::kGoesOn;
      case BlockEnd::kInput: return Outcome::kNeedsInput;
      case BlockEnd::kRoom: return Outcome::kIsFull;
      case BlockEnd::kBroken: break;
    }
    return Outcome::kBroken;
  }
};

// What is unpacked comes later: nothing is to be cleared.
Inflater::Inflater() : state_(std::make_unique_for_overwrite<State>()) {}
Inflater::Inflater(Inflater&&) noexcept = default;
Inflater& Inflater::operator=(Inflater&&) noexcept = default;
Inflater::~Inflater() = default;

void Inflater::restart() {
  state_->at = At::kHeader;
  state_->is_last = false;
  state_->bits = {};
  state_->oldest = state_->out;
}

Result<Inflater::Step> Inflater::step(std::string_view in) {
  State& state = *state_;
  state.bits.in = in.data();
  state.in_end = in.data() + in.size();
  Outcome outcome = Outcome::kGoesOn;
  while (outcome == Outcome::kGoesOn && state.at != At::kEnd) outcome = state.advance();
  if (outcome == Outcome::kBroken) return fail(ErrorCode::kInvalid, "broken DEFLATE data");
  return Step{static_cast<std::size_t>(state.bits.in - in.data()), state.at == At::kEnd};
}

std::string_view Inflater::piece() const {
  return {state_->memory.data() + state_->piece, state_->out - state_->piece};
}

bool Inflater::is_full() const {
  return state_->out >= kFull;
}

void Inflater::drop() {
  State& state = *state_;
  const std::size_t gone = state.out - kWindow;
  std::memmove(state.memory.data(), state.memory.data() + gone, kWindow);
  state.oldest = std::max(state.oldest, gone) - gone;
  state.out = state.piece = kWindow;
}

}  // namespace plimsoll::archive
