#pragma once

#include <compare>
#include <cstddef>
#include <string_view>

#include "core/ascii.h"

/// The pieces that all orders are made of. Nothing here allocates.
namespace plimsoll::version {

[[nodiscard]] constexpr std::weak_ordering reversed(std::weak_ordering order) {
  return 0 <=> order;
}

/// Bytes, unsigned.
[[nodiscard]] inline std::weak_ordering compare_text(std::string_view a, std::string_view b) {
  return a.compare(b) <=> 0;
}

/// Letters A-Z as a-z.
[[nodiscard]] inline std::weak_ordering compare_caseless(std::string_view a, std::string_view b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    const auto left = static_cast<unsigned char>(ascii::to_lower(a[i]));
    const auto right = static_cast<unsigned char>(ascii::to_lower(b[i]));
    if (left != right) return left <=> right;
  }
  return a.size() <=> b.size();
}

[[nodiscard]] constexpr std::string_view without_zeros(std::string_view digits) {
  while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
  return digits;
}

/// Digits of any length as numbers; none is 0.
[[nodiscard]] inline std::weak_ordering compare_numbers(std::string_view a, std::string_view b) {
  a = without_zeros(a);
  b = without_zeros(b);
  if (a.size() != b.size()) return a.size() <=> b.size();
  return compare_text(a, b);
}

[[nodiscard]] constexpr bool is_zero(std::string_view digits) {
  return without_zeros(digits).empty();
}

/// Takes the longest prefix of such characters off `rest`.
template <class Predicate>
[[nodiscard]] constexpr std::string_view take_while(std::string_view& rest, Predicate holds) {
  std::size_t length = 0;
  while (length < rest.size() && holds(rest[length])) ++length;
  const std::string_view taken = rest.substr(0, length);
  rest.remove_prefix(length);
  return taken;
}

[[nodiscard]] constexpr std::string_view take_digits(std::string_view& rest) {
  return take_while(rest, ascii::is_digit);
}

/// Takes what comes before the separator off `rest`, and the separator, too.
[[nodiscard]] constexpr std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return taken;
}

[[nodiscard]] constexpr bool take(std::string_view& rest, std::string_view prefix) {
  if (!rest.starts_with(prefix)) return false;
  rest.remove_prefix(prefix.size());
  return true;
}

/// Runs of digits as numbers, all else as bytes: how versions that a tool refuses are ordered
/// among themselves.
[[nodiscard]] std::weak_ordering compare_natural(std::string_view a, std::string_view b);

/// The order when at least one of two is refused: what is refused comes first.
[[nodiscard]] std::weak_ordering compare_refused(bool a_valid, bool b_valid, std::string_view a,
                                                 std::string_view b);

}  // namespace plimsoll::version
