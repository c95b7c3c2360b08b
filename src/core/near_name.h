#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace plimsoll {

/// `a` and `b` differ, but by no more than `most` typing mistakes: a character too much, too few,
/// another one, or two swapped. Names of more than 64 bytes are never near.
[[nodiscard]] bool is_near(std::string_view a, std::string_view b, std::size_t most);

/// The one of `known` that `name` may have been meant for: at most three mistakes, and fewer than
/// it has characters. "" when none is near.
[[nodiscard]] std::string_view nearest_name(std::string_view name,
                                            const std::vector<std::string_view>& known);

}  // namespace plimsoll
