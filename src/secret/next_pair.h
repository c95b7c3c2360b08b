#pragma once

#include <cstddef>
#include <string_view>

namespace plimsoll::secret {

/// The next place from `at` on, before `end`, where `c` stands and again `gap` bytes behind it;
/// `end` when there is none. The bytes behind `end` may be the second ones.
/// @param end  at most the size of the text
[[nodiscard]] std::size_t next_pair(std::string_view text, std::size_t at, std::size_t end, char c,
                                    std::size_t gap);

}  // namespace plimsoll::secret
