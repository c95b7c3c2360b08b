// Conan 2: items parted by dots, then a pre-release behind the first hyphen and a build behind the
// last plus sign; zeros at the end do not count, and a revision behind `#` neither.
//
// Conan compares two items as numbers when both are, else as texts, which orders 2, 10 and 1a in a
// circle. Here the number that an item begins with counts first, and then the rest as text.

#include <optional>

#include "version/comparator_list.h"
#include "version/order.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

struct Parts {
  std::string_view items;
  std::string_view prerelease;
  std::string_view build;
  bool is_prerelease = false;
};

Parts split(std::string_view version) {
  Parts parts;
  parts.items = ascii::trim(version.substr(0, version.find('#')));
  const std::size_t plus = parts.items.rfind('+');
  if (plus != std::string_view::npos) {
    parts.build = parts.items.substr(plus + 1);
    parts.items = parts.items.substr(0, plus);
  }
  const std::size_t hyphen = parts.items.find('-');
  if (hyphen != std::string_view::npos) {
    parts.is_prerelease = true;
    parts.prerelease = parts.items.substr(hyphen + 1);
    parts.items = parts.items.substr(0, hyphen);
  }
  return parts;
}

std::weak_ordering compare_item(std::string_view a, std::string_view b) {
  const std::string_view left = take_digits(a);
  const std::string_view right = take_digits(b);
  if (left.empty() != right.empty()) {
    // As texts: a digit is before a letter, and after a star.
    return left.empty() ? (a.empty() ? std::weak_ordering::less : compare_text(a, right))
                        : (b.empty() ? std::weak_ordering::greater : compare_text(left, b));
  }
  if (const auto order = compare_numbers(left, right); order != 0) return order;
  return compare_text(a, b);
}

std::string_view without_last_zeros(std::string_view items) {
  while (true) {
    const std::size_t dot = items.rfind('.');
    const std::string_view last = items.substr(dot == std::string_view::npos ? 0 : dot + 1);
    if (!ascii::is_number(last) || !is_zero(last)) return items;
    if (dot == std::string_view::npos) return {};
    items = items.substr(0, dot);
  }
}

std::weak_ordering compare_items(std::string_view a, std::string_view b) {
  a = without_last_zeros(a);
  b = without_last_zeros(b);
  while (!a.empty() && !b.empty()) {
    if (const auto order = compare_item(take_until(a, '.'), take_until(b, '.')); order != 0) {
      return order;
    }
  }
  return !a.empty() <=> !b.empty();
}

std::weak_ordering compare_parts(const Parts& a, const Parts& b) {
  if (const auto order = compare_items(a.items, b.items); order != 0) return order;
  if (a.is_prerelease != b.is_prerelease) return b.is_prerelease <=> a.is_prerelease;
  if (const auto order = compare_items(a.prerelease, b.prerelease); order != 0) return order;
  return compare_items(a.build, b.build);
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  return compare_parts(split(a), split(b));
}

bool is_valid(std::string_view version) {
  return !version.empty() && version.find_first_of(" \t/@:[]()<>=~^|") == std::string_view::npos;
}

/// The first items of both are the same, of the last only the number: ~1.1 has 1.1w. Those that are
/// missing are 0.
bool starts_alike(std::string_view a, std::string_view b, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    std::string_view left = take_until(a, '.');
    std::string_view right = take_until(b, '.');
    if (left.empty()) left = "0";
    if (right.empty()) right = "0";
    if (i + 1 == count && ascii::is_number(right)) left = take_digits(left);
    if (compare_item(left, right) != 0) return false;
  }
  return true;
}

/// How many items `~` and `^` keep.
std::size_t kept_items(std::string_view op, std::string_view items) {
  const std::size_t written = items.find('.') == std::string_view::npos ? 1 : 2;
  if (op == "~") return written;
  std::size_t count = 0;
  while (!items.empty()) {
    ++count;
    const std::string_view item = take_until(items, '.');
    if (!ascii::is_number(item) || !is_zero(item)) return count;
  }
  return count;
}

/// A bound that names neither pre-release nor build has all pre-releases of its items above it.
std::weak_ordering compare_to_bound(const Parts& version, const Parts& bound) {
  if (bound.is_prerelease || !bound.build.empty()) return compare_parts(version, bound);
  const auto order = compare_items(version.items, bound.items);
  return order != 0 ? order : std::weak_ordering::greater;
}

std::optional<bool> satisfies(const Comparator& comparator, const Parts& version) {
  const std::string_view op = comparator.op;
  if (comparator.operand == "*" || comparator.operand.empty()) return true;
  const Parts base = split(comparator.operand);
  if (op == "~" || op == "^") {
    return compare_to_bound(version, base) >= 0 &&
           starts_alike(version.items, base.items, kept_items(op, base.items));
  }
  if (op == ">=") return compare_to_bound(version, base) >= 0;
  if (op == "<") return compare_to_bound(version, base) < 0;
  return holds(op, compare_parts(version, base));
}

/// "[>=1.0 <2.0, include_prerelease]", also without the brackets. Pre-releases are only in what
/// includes them.
Result<bool> contains(std::string_view range, std::string_view version) {
  range = ascii::trim(range);
  if (range.starts_with('[') && range.ends_with(']')) range = range.substr(1, range.size() - 2);
  const std::size_t option = range.find("include_prerelease");
  const bool includes = option != std::string_view::npos;
  const Parts found = split(version);
  const auto any = any_alternative(range.substr(0, option), [&](const Comparator& comparator) {
    return satisfies(comparator, found);
  });
  if (!any) return any;
  return *any && (includes || !found.is_prerelease);
}

}  // namespace

const Order& conan() {
  static constexpr Order kOrder{
      .name = "conan",
      .ecosystems = "ConanCenter",
      .compare = compare,
      .is_valid = is_valid,
      .contains = contains,
      .source = "https://docs.conan.io/2/tutorial/versioning/version_ranges.html"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
