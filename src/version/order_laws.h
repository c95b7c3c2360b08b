#pragma once

#include <array>
#include <string_view>

#include "version/order.h"

namespace plimsoll::version {

/// What an order must keep for any three texts. Empty when it does, else what it breaks.
/// For the tests and the fuzzer.
[[nodiscard]] inline std::string_view broken_law(const Order& order,
                                                 const std::array<std::string_view, 3>& texts) {
  for (const std::string_view a : texts) {
    if (order.compare(a, a) != 0) return "a text is not equal to itself";
    for (const std::string_view b : texts) {
      const auto ab = order.compare(a, b);
      if (order.compare(b, a) != (0 <=> ab))
        return "two texts compare otherwise the other way round";
      for (const std::string_view c : texts) {
        const auto bc = order.compare(b, c);
        const auto ac = order.compare(a, c);
        if (ab < 0 && bc < 0 && !(ac < 0)) return "less is not transitive";
        if (order.is_weak && ab == 0 && bc != ac) return "equals are not interchangeable";
      }
    }
  }
  return {};
}

}  // namespace plimsoll::version
