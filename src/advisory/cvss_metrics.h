#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

/// Vectors of CVSS as text, the same in all versions: "AV:N/AC:L/…".
namespace plimsoll::advisory::cvss {

/// One metric of a version.
struct Metric {
  std::string_view name;
  std::string_view values;  ///< one space between each: "N A L P"
  bool is_base = false;     ///< a vector without it is not complete
};

constexpr std::size_t kMostMetrics = 32;  // 4.0 has them all

/// First letter of each metric's value, by its place in the version's table; '\0' where the vector
/// does not name it. One letter tells all values apart that a score is made of.
using Values = std::array<char, kMostMetrics>;

/// Nothing when `text` is not one value for each base metric and at most one for each other.
[[nodiscard]] std::optional<Values> read_metrics(std::string_view text,
                                                 std::span<const Metric> metrics);

}  // namespace plimsoll::advisory::cvss
