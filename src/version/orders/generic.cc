// Versions of projects that follow no scheme by name: any count of numbers, then a pre-release.
// `~>` is RubyGems', `~` and `^` are npm's; what is missing at the end is 0.

#include <algorithm>
#include <cstddef>

#include "version/comparator_list.h"
#include "version/order.h"
#include "version/semantic.h"

namespace plimsoll::version::orders {
namespace {

constexpr std::size_t kMostNumbers = 1000;

bool is_valid(std::string_view version) {
  return is_semantic(version, {.leading_v = true,
                               .leading_zeros = true,
                               .fewest_numbers = 1,
                               .most_numbers = kMostNumbers});
}

Result<bool> contains(std::string_view range, std::string_view version) {
  const Semantic found = parse_semantic(version);
  return any_alternative(range, [&](const Comparator& comparator) -> std::optional<bool> {
    if (comparator.operand.empty() || comparator.operand == "*") return true;
    if (!is_valid(comparator.operand)) return std::nullopt;
    const Semantic base = parse_semantic(comparator.operand);
    const auto order = compare_semantic(found, base);
    const std::size_t count = count_numbers(base.numbers);
    const auto keeps = [&](std::size_t kept) {
      return order >= 0 && starts_alike(found.numbers, base.numbers, kept);
    };
    if (comparator.op == "~>") return keeps(std::max<std::size_t>(count - 1, 1));
    if (comparator.op == "~") return keeps(count == 2 ? 2 : std::max<std::size_t>(count - 1, 1));
    if (comparator.op == "^") return keeps(caret_numbers(base.numbers));
    return holds(comparator.op, order);
  });
}

}  // namespace

const Order& generic() {
  static constexpr Order kOrder{.name = "generic",
                                .ecosystems = "OSS-Fuzz, GIT",
                                .compare = compare_semantic,
                                .is_valid = is_valid,
                                .contains = contains,
                                .source = "https://github.com/aquasecurity/go-version"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
