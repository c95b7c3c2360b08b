#include "version/text_order.h"

namespace plimsoll::version {

std::weak_ordering compare_natural(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    if (ascii::is_digit(a.front()) && ascii::is_digit(b.front())) {
      const auto order = compare_numbers(take_digits(a), take_digits(b));
      if (order != 0) return order;
      continue;
    }
    if (a.front() != b.front()) {
      return static_cast<unsigned char>(a.front()) <=> static_cast<unsigned char>(b.front());
    }
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.empty() ? (b.empty() ? std::weak_ordering::equivalent : std::weak_ordering::less)
                   : std::weak_ordering::greater;
}

std::weak_ordering compare_refused(bool a_valid, bool b_valid, std::string_view a,
                                   std::string_view b) {
  if (a_valid != b_valid) return a_valid <=> b_valid;
  return compare_natural(a, b);
}

}  // namespace plimsoll::version
