#pragma once

#include <string_view>

#include "core/result.h"

namespace plimsoll::version {

/// node-semver's ranges: `1.2.x`, `~1.2`, `^1.2`, `1.2 - 2`, `>=1 <3 || 5.x`; commas part as blanks
/// do. A pre-release is in a range only where one of the comparators that hold names a pre-release
/// of the same numbers.
/// @return false for what is no version
[[nodiscard]] Result<bool> npm_range_contains(std::string_view range, std::string_view version);

}  // namespace plimsoll::version
