#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "core/result.h"

namespace plimsoll::image {

/// JSON of a stranger. Copying a value goes as deep as the value does, so depth is bounded here.
/// @error kInvalid  no JSON     @error kLimit  more than 64 values within each other
[[nodiscard]] Result<nlohmann::json> parse_bounded_json(std::string_view text);

}  // namespace plimsoll::image
