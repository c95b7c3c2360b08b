// Haskell's Data.Version: numbers parted by dots; of equal beginnings the longer is later. Cabal
// refuses all else, which comes first, in natural order.

#include <optional>

#include "version/comparator_list.h"
#include "version/order.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

bool is_valid(std::string_view version) {
  do {
    if (take_digits(version).empty()) return false;
  } while (take(version, "."));
  return version.empty();
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  const bool left = is_valid(a);
  const bool right = is_valid(b);
  if (!left || !right) return compare_refused(left, right, a, b);
  while (!a.empty() && !b.empty()) {
    const auto order = compare_numbers(take_until(a, '.'), take_until(b, '.'));
    if (order != 0) return order;
  }
  return !a.empty() <=> !b.empty();
}

/// The first numbers of both are the same; those that are missing are none.
bool starts_with(std::string_view version, std::string_view prefix) {
  while (!prefix.empty()) {
    if (version.empty()) return false;
    if (compare_numbers(take_until(version, '.'), take_until(prefix, '.')) != 0) return false;
  }
  return true;
}

/// "1.2" of "1.2.3".
std::string_view major_of(std::string_view version) {
  const std::size_t first = version.find('.');
  if (first == std::string_view::npos) return version;
  return version.substr(0, version.find('.', first + 1));
}

Result<bool> contains(std::string_view range, std::string_view version) {
  return any_alternative(range, [version](const Comparator& comparator) -> std::optional<bool> {
    std::string_view operand = comparator.operand;
    if (operand.empty() || operand == "-any") return true;
    const bool wildcard = operand.ends_with(".*");
    if (wildcard) operand.remove_suffix(2);
    if (!is_valid(operand)) return std::nullopt;
    if (wildcard) {
      if (comparator.op != "==" && !comparator.op.empty()) return std::nullopt;
      return starts_with(version, operand);
    }
    const auto order = compare(version, operand);
    if (comparator.op != "^>=") return holds(comparator.op, order);
    // ^>=1 is >=1 and <1.1
    if (operand.find('.') != std::string_view::npos) {
      return order >= 0 && starts_with(version, major_of(operand));
    }
    std::string_view rest = version;
    const bool same = compare_numbers(take_until(rest, '.'), operand) == 0;
    return order >= 0 && same && is_zero(take_until(rest, '.'));
  });
}

}  // namespace

const Order& hackage() {
  static constexpr Order kOrder{.name = "hackage",
                                .ecosystems = "Hackage, GHC, Haskell",
                                .compare = compare,
                                .is_valid = is_valid,
                                .contains = contains,
                                .source = "https://pvp.haskell.org"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
