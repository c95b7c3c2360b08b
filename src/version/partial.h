#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "version/semantic.h"

namespace plimsoll::version {

/// A version in a range, of which the end may be missing or `x`, `X` or `*`: "1.2", "1.x", "*".
struct Partial {
  std::array<std::string_view, 3> numbers;  ///< empty from `count` on
  std::size_t count = 0;                    ///< of numbers that are there
  bool has_wildcard = false;                ///< written out
  std::size_t written = 0;                  ///< numbers and wildcards
  Semantic version;                         ///< what is missing is 0
};

/// @param text  may have a `v` before it; null when it is no such version
[[nodiscard]] std::optional<Partial> parse_partial(std::string_view text);

/// `op partial` in the languages that are like npm's: what is missing at the end stands for any
/// number. Null when there is no such operator.
[[nodiscard]] std::optional<bool> holds(std::string_view op, const Partial& partial,
                                        const Semantic& version);

/// Whether both have the same three numbers, so that a pre-release of one is one of the other.
[[nodiscard]] bool same_release(const Semantic& a, const Semantic& b);

}  // namespace plimsoll::version
