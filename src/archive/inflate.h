#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"

namespace plimsoll::archive {

/// Raw DEFLATE (RFC 1951), as ZIP holds it.
/// @param most  bytes of the result
/// @error kInvalid  no such stream, or it ends early    @error kTooLarge  more than `most`
[[nodiscard]] Result<std::string> inflate(std::string_view deflated, std::size_t most);

}  // namespace plimsoll::archive
