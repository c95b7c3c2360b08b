#pragma once

#include <string_view>

namespace plimsoll::dockerfile {

/// A NUL byte, or more than a tenth of the bytes that are no text.
[[nodiscard]] bool is_binary(std::string_view text);

}  // namespace plimsoll::dockerfile
