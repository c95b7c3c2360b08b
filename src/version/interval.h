#pragma once

#include <compare>
#include <string_view>

#include "core/result.h"

namespace plimsoll::version {

using CompareVersions = std::weak_ordering (*)(std::string_view a, std::string_view b);

/// Intervals parted by commas, of which one must have the version: "[1.0,2.0)", "(,1.0],[1.2,)",
/// "[1.0]". A bound that is left out is none; "(1.0)" is taken for "[1.0]".
/// @error kInvalid  an interval without its end, or with three bounds
[[nodiscard]] Result<bool> in_intervals(std::string_view range, std::string_view version,
                                        CompareVersions compare);

}  // namespace plimsoll::version
