#include "advisory/affectedness.h"

namespace plimsoll::advisory {
namespace {

std::string_view without_epoch(std::string_view version) {
  const std::size_t colon = version.find(':');
  return colon == std::string_view::npos ? version : version.substr(colon + 1);
}

std::string words_of(const RangeView& range) {
  std::string text;
  if (!range.introduced.empty()) text = "from " + std::string(range.introduced);
  const auto add = [&text](std::string_view how, std::string_view version) {
    if (!text.empty()) text += ' ';
    text += std::string(how) + ' ' + std::string(version);
  };
  if (!range.fixed.empty()) {
    add(range.introduced.empty() ? "before" : "up to, without,", range.fixed);
  } else if (!range.last_affected.empty()) {
    add("through", range.last_affected);
  } else if (text.empty()) {
    return "every version";
  } else {
    text += " on";
  }
  return text;
}

}  // namespace

bool is_before(const version::Order& order, std::string_view a, std::string_view b) {
  if (order.name == "rpm") {
    const bool has_a = a.find(':') != std::string_view::npos;
    const bool has_b = b.find(':') != std::string_view::npos;
    if (has_a != has_b) return order.compare(without_epoch(a), without_epoch(b)) < 0;
  }
  return order.compare(a, b) < 0;
}

bool is_in(const RangeView& range, const version::Order& order, std::string_view version) {
  if (!range.introduced.empty() && is_before(order, version, range.introduced)) return false;
  if (!range.fixed.empty() && !is_before(order, version, range.fixed)) return false;
  return range.last_affected.empty() || !is_before(order, range.last_affected, version);
}

Affectedness judge(const AffectedView& entry, const version::Order& order, std::string_view version,
                   bool is_version) {
  Affectedness found;
  if (entry.ranges.empty() && entry.versions.empty()) {
    return {.is_affected = true, .fixed = {}, .range = "every version"};
  }
  for (const RangeView& range : entry.ranges) {
    if (!is_version) break;
    if (!is_in(range, order, version)) continue;
    found.is_affected = true;
    found.fixed = range.fixed;
    found.range = words_of(range);
    return found;
  }
  if (entry.versions.contains(version)) {
    found.is_affected = true;
    found.range = "it is listed";
    // The next release that no range holds: the first end behind it.
    for (const RangeView& range : entry.ranges) {
      const bool is_behind = !range.fixed.empty() && is_before(order, version, range.fixed);
      if (is_behind && (found.fixed.empty() || is_before(order, range.fixed, found.fixed))) {
        found.fixed = range.fixed;
      }
    }
  }
  return found;
}

}  // namespace plimsoll::advisory
