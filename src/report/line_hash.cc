#include "report/line_hash.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>
#include <unordered_map>

#include "core/escape.h"

namespace plimsoll::report {
namespace {

constexpr std::size_t kBlock = 100;
constexpr std::uint64_t kBase = 37;
constexpr std::uint32_t kEndOfFile = 0xFFFF;

constexpr std::uint64_t first_power() {
  std::uint64_t power = 1;
  for (std::size_t i = 0; i < kBlock; ++i) power *= kBase;
  return power;
}

/// A polynomial hash, modulo 2^64, of the last kBlock characters; a ring remembers where in it a
/// line starts, and when that character falls out again the hash is the line's.
class Hasher {
 public:
  void put(std::uint32_t unit) {
    if (unit == ' ' || unit == '\t' || (after_return_ && unit == '\n')) {
      after_return_ = false;
      return;
    }
    after_return_ = unit == '\r';
    if (after_return_) unit = '\n';
    emit();
    if (line_starts_) starts_[index_] = lines_++;
    line_starts_ = unit == '\n';
    roll(unit);
  }

  std::vector<std::string> finish() {
    put(kEndOfFile);
    for (std::size_t i = 0; i < kBlock; ++i) {
      emit();
      roll(0);
    }
    return std::move(hashes_);
  }

 private:
  void emit() {
    std::optional<std::size_t>& line = starts_[index_];
    if (!line) return;
    hashes_.resize(*line + 1);
    hashes_[*line] = fmt::format("{:x}:{}", hash_, ++seen_[hash_]);
    line.reset();
  }
  void roll(std::uint32_t unit) {
    constexpr std::uint64_t kFirstPower = first_power();
    hash_ = hash_ * kBase + unit - kFirstPower * window_[index_];
    window_[index_] = unit;
    index_ = (index_ + 1) % kBlock;
  }

  std::array<std::uint32_t, kBlock> window_{};
  std::array<std::optional<std::size_t>, kBlock> starts_{};
  std::size_t index_ = 0;
  std::uint64_t hash_ = 0;
  std::size_t lines_ = 0;
  bool line_starts_ = true;
  bool after_return_ = false;
  std::unordered_map<std::uint64_t, std::size_t> seen_;
  std::vector<std::string> hashes_;
};

/// Feeds the UTF-16 code units that JavaScript sees.
void put_utf8(std::string_view text, Hasher& hasher) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t point = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
      point = point << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    at += size;
    if (point < 0x10000) {
      hasher.put(point);
    } else {
      hasher.put(0xD800 + ((point - 0x10000) >> 10U));
      hasher.put(0xDC00 + ((point - 0x10000) & 0x3FFU));
    }
  }
}

}  // namespace

std::vector<std::string> line_hashes(const SourceFile& file) {
  Hasher hasher;
  put_utf8(to_utf8(file.text()), hasher);  // well formed from here on
  std::vector<std::string> hashes = hasher.finish();
  hashes.resize(file.line_count());
  return hashes;
}

}  // namespace plimsoll::report
