// Maven's ComparableVersion as in Maven 4, with what its development changed since to make it
// transitive: a list and a word compare item by item, and ga1 is after ga. Maven 3.9 knows no
// combinations, so that 1-m-1 is after 1 there. Any text is a version.
//
// A range is Maven's intervals, or a list of comparators as advisories have it; a bare version is
// only a wish, which any version meets.

#include <optional>

#include "version/comparator_list.h"
#include "version/interval.h"
#include "version/maven_items.h"
#include "version/order.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

std::weak_ordering compare(std::string_view a, std::string_view b) {
  return compare_maven(MavenItems(a), MavenItems(b));
}

bool is_valid(std::string_view version) {
  return !version.empty() && version.find_first_of(" \t[](),<>=|") == std::string_view::npos;
}

Result<bool> contains(std::string_view range, std::string_view version) {
  range = ascii::trim(range);
  version = ascii::trim(version);
  if (range.starts_with('[') || range.starts_with('(')) {
    return in_intervals(range, version, compare);
  }
  const bool is_wish = range.find_first_of("<>=!|, ") == std::string_view::npos;
  if (is_wish) return true;
  return any_alternative(range, [version](const Comparator& comparator) -> std::optional<bool> {
    return holds(comparator.op, compare(version, comparator.operand));
  });
}

}  // namespace

const Order& maven() {
  static constexpr Order kOrder{
      .name = "maven",
      .ecosystems = "Maven, Java, Gradle, sbt, Clojars",
      .compare = compare,
      .is_valid = is_valid,
      .contains = contains,
      .source = "https://maven.apache.org/pom.html#version-order-specification"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
