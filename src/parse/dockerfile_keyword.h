#pragma once

#include <string_view>

#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {

/// Any case; kUnknown when BuildKit has no such instruction.
[[nodiscard]] Keyword parse_keyword(std::string_view text);
/// The keyword at most two edits away, in capitals; "" when none is that near.
[[nodiscard]] std::string_view nearest_keyword(std::string_view text);

}  // namespace plimsoll::dockerfile
