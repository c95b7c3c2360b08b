#include "secret/next_pair.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace plimsoll::secret {

std::size_t next_pair(std::string_view text, std::size_t at, std::size_t end, char c,
                      std::size_t gap) {
  // Every byte of every file goes by here: sixteen at a time, whatever the compiler's options are.
  using Lanes = std::uint8_t __attribute__((vector_size(16)));
  const Lanes wanted = Lanes{} + static_cast<std::uint8_t>(c);
  const char* const data = text.data();
  if (gap >= text.size()) return end;
  const std::size_t last = std::min(end, text.size() - gap);  // a second one must be there
  for (; last > at && last - at >= sizeof(Lanes); at += sizeof(Lanes)) {
    Lanes first;
    Lanes second;
    std::memcpy(&first, data + at, sizeof first);
    std::memcpy(&second, data + at + gap, sizeof second);
    const auto both = (first == wanted) & (second == wanted);
    std::uint64_t halves[2];
    std::memcpy(halves, &both, sizeof halves);
    if ((halves[0] | halves[1]) != 0) break;
  }
  for (; at < last; ++at) {
    if (data[at] == c && data[at + gap] == c) return at;
  }
  return end;
}

}  // namespace plimsoll::secret
