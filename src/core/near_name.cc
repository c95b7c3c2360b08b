#include "core/near_name.h"

#include <algorithm>
#include <array>

namespace plimsoll {
namespace {
constexpr std::size_t kLongest = 64;
}

bool is_near(std::string_view a, std::string_view b, std::size_t most) {
  if (a == b || a.size() > kLongest || b.size() > kLongest) return false;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) return false;
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  // One mistake leaves at most the two characters of a swap. Decides nearly always.
  if (most == 1 && std::max(a.size(), b.size()) > 2) return false;
  // Optimal string alignment; the three rows that it looks back at.
  using Row = std::array<std::size_t, kLongest + 1>;
  Row before_last{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + other});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last = row;
  }
  return last[b.size()] <= most;
}

std::string_view nearest_name(std::string_view name, const std::vector<std::string_view>& known) {
  for (const std::size_t most : {1U, 2U, 3U}) {
    for (const std::string_view one : known) {
      if (one.size() > most && is_near(name, one, most)) return one;
    }
  }
  return {};
}

}  // namespace plimsoll
