#include "secret/next_pair.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace plimsoll::secret {

std::size_t next_pair(std::string_view text, std::size_t at, std::size_t end, char c,
                      std::size_t gap) {
  // Every byte of every file goes by here: 64 at a time, whatever the compiler's options are.
  using Lanes = std::uint8_t __attribute__((vector_size(16)));
  const Lanes wanted = Lanes{} + static_cast<std::uint8_t>(c);
  const char* const data = text.data();
  if (gap >= text.size()) return end;
  const std::size_t last = std::min(end, text.size() - gap);  // a second one must be there
  const auto both_at = [&](std::size_t place) {
    Lanes first;
    Lanes second;
    std::memcpy(&first, data + place, sizeof first);
    std::memcpy(&second, data + place + gap, sizeof second);
    return (first == wanted) & (second == wanted);
  };
  constexpr std::size_t kRound = 4 * sizeof(Lanes);
  for (; last > at && last - at >= kRound; at += kRound) {
    const auto any = both_at(at) | both_at(at + 16) | both_at(at + 32) | both_at(at + 48);
    std::uint64_t halves[2];
    std::memcpy(halves, &any, sizeof halves);
    if ((halves[0] | halves[1]) != 0) break;
  }
  for (; at < last; ++at) {
    if (data[at] == c && data[at + gap] == c) return at;
  }
  return end;
}

}  // namespace plimsoll::secret
