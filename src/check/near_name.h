#pragma once

#include <cstddef>
#include <string_view>

namespace plimsoll::check {

/// `a` and `b` differ, but by no more than `most` typing mistakes: a character too much, too few,
/// another one, or two swapped. Names of more than 64 bytes are never near.
[[nodiscard]] bool is_near(std::string_view a, std::string_view b, std::size_t most);

}  // namespace plimsoll::check
