#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string_view>

#include "core/result.h"

namespace plimsoll::version {

/// One condition of a range: `>= 1.2` is {">=", "1.2"}. The operator may be empty.
struct Comparator {
  std::string_view op;
  std::string_view operand;
};

/// What a comparator says of the version; null when the language has no such comparator.
using Satisfies = std::function<std::optional<bool>(const Comparator& comparator)>;

/// Alternatives parted by `||` or the word `or`; of each, all comparators hold, which are parted by
/// commas, blanks, `&&`, the word `and`, or nothing. An alternative without comparators is asked
/// for as one with neither operator nor operand.
/// @error kInvalid  an operator without operand, or a comparator that is none of the language's
[[nodiscard]] Result<bool> any_alternative(std::string_view range, const Satisfies& satisfies);

/// `<`, `<=`, `=<`, `<<`, `=`, `==`, none, `!=`, `>=`, `=>`, `>`, `>>`; null for others.
[[nodiscard]] std::optional<bool> holds(std::string_view op, std::weak_ordering order);

/// Reads a list of comparators off a text, for languages with more syntax than that.
/// Takes one comparator; its operand ends at a blank, a comma, `|`, `&` or the next `<`, `>`, `=`,
/// `!=`. Null when `rest` is at its end or at `||`.
[[nodiscard]] std::optional<Comparator> take_comparator(std::string_view& rest);

/// Takes `||` or `or` off a text whose comparators were taken.
[[nodiscard]] bool take_or(std::string_view& rest);

/// "not a range: '…'"
[[nodiscard]] tl::unexpected<Error> no_range(std::string_view range);

}  // namespace plimsoll::version
