#include "version/interval.h"

#include "version/comparator_list.h"
#include "version/text_order.h"

namespace plimsoll::version {
namespace {

bool is_gap(char c) {
  return c == ',' || ascii::is_space(c);
}

bool is_within(std::string_view bounds, bool with_lowest, bool with_highest,
               std::string_view version, CompareVersions compare) {
  const std::size_t comma = bounds.find(',');
  const std::string_view lowest = ascii::trim(bounds.substr(0, comma));
  if (comma == std::string_view::npos) return compare(version, lowest) == 0;
  const std::string_view highest = ascii::trim(bounds.substr(comma + 1));
  if (!lowest.empty()) {
    const auto order = compare(version, lowest);
    if (order < 0 || (order == 0 && !with_lowest)) return false;
  }
  if (highest.empty()) return true;
  const auto order = compare(version, highest);
  return order < 0 || (order == 0 && with_highest);
}

}  // namespace

Result<bool> in_intervals(std::string_view range, std::string_view version,
                          CompareVersions compare) {
  std::string_view rest = range;
  (void)take_while(rest, is_gap);
  if (rest.empty()) return no_range(range);
  bool any = false;
  while (!rest.empty()) {
    if (rest.front() != '[' && rest.front() != '(') return no_range(range);
    const std::size_t end = rest.find_first_of("])", 1);
    if (end == std::string_view::npos) return no_range(range);
    const std::string_view bounds = rest.substr(1, end - 1);
    const std::size_t comma = bounds.find(',');
    const bool two =
        comma == std::string_view::npos || bounds.find(',', comma + 1) == std::string_view::npos;
    if (!two || ascii::trim(bounds).empty()) return no_range(range);
    any = any || is_within(bounds, rest.front() == '[', rest[end] == ']', version, compare);
    rest.remove_prefix(end + 1);
    (void)take_while(rest, is_gap);
  }
  return any;
}

}  // namespace plimsoll::version
