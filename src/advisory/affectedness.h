#pragma once

#include <string>
#include <string_view>

#include "advisory/database.h"
#include "version/order.h"

namespace plimsoll::advisory {

/// Whether a version is one of those that an advisory is about.
struct Affectedness {
  bool is_affected = false;
  std::string fixed;  ///< end of the range that it is in; "" without
  std::string range;  ///< for people: "before 1.2.3", "from 1.0 up to 1.2", "every version"
};

/// Events of OSV: a version is affected that is listed, or is in any range; no range and no list
/// means every version. Where one of two RPM versions names no epoch, epochs are left out of the
/// comparison: advisories often do so. Source: https://ossf.github.io/osv-schema/#evaluation
/// @param is_version  false: the order's tool refuses it, so that only what is listed is compared
[[nodiscard]] Affectedness judge(const AffectedView& entry, const version::Order& order,
                                 std::string_view version, bool is_version = true);

/// Whether a version is between the ends of a range, in that order.
[[nodiscard]] bool is_in(const RangeView& range, const version::Order& order,
                         std::string_view version);

/// As the order of its scheme, with that exception.
[[nodiscard]] bool is_before(const version::Order& order, std::string_view a, std::string_view b);

}  // namespace plimsoll::advisory
