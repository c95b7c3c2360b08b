// R's package_version: numbers parted by dots and hyphens; of equal beginnings the longer is later.
// R refuses all else, which comes first, in natural order.

#include "version/order.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

std::string_view take_number(std::string_view& rest) {
  const std::string_view number = take_digits(rest);
  if (!rest.empty()) rest.remove_prefix(1);
  return number;
}

bool is_valid(std::string_view version) {
  std::size_t numbers = 0;
  while (true) {
    if (take_digits(version).empty()) return false;
    ++numbers;
    if (version.empty()) return numbers >= 1;
    if (!take(version, ".") && !take(version, "-")) return false;
  }
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  const bool left = is_valid(a);
  const bool right = is_valid(b);
  if (!left || !right) return compare_refused(left, right, a, b);
  while (!a.empty() && !b.empty()) {
    if (const auto order = compare_numbers(take_number(a), take_number(b)); order != 0) {
      return order;
    }
  }
  return !a.empty() <=> !b.empty();
}

}  // namespace

const Order& cran() {
  static constexpr Order kOrder{
      .name = "cran",
      .ecosystems = "CRAN, Bioconductor, R",
      .compare = compare,
      .is_valid = is_valid,
      .source = "https://stat.ethz.ch/R-manual/R-devel/library/base/html/numeric_version.html"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
