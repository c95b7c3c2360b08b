// Elixir's Version: Semantic Versioning; `~> 1.2` keeps the first number, `~> 1.2.3` the first two.
// Conditions are joined by the words `and` and `or`.

#include <algorithm>
#include <optional>

#include "version/comparator_list.h"
#include "version/order.h"
#include "version/partial.h"
#include "version/semantic.h"

namespace plimsoll::version::orders {
namespace {

bool is_valid(std::string_view version) {
  return is_semantic(version);
}

Result<bool> contains(std::string_view range, std::string_view version) {
  const Semantic found = parse_semantic(version);
  return any_alternative(range, [&](const Comparator& comparator) -> std::optional<bool> {
    if (comparator.operand.empty()) return true;
    const auto partial = parse_partial(comparator.operand);
    if (!partial || partial->has_wildcard) return std::nullopt;
    const auto order = compare_semantic(found, partial->version);
    if (comparator.op != "~>") return holds(comparator.op, order);
    const std::size_t kept = std::max<std::size_t>(partial->count, 2) - 1;
    return order >= 0 && starts_alike(found.numbers, partial->version.numbers, kept);
  });
}

}  // namespace

const Order& hex() {
  static constexpr Order kOrder{.name = "hex",
                                .ecosystems = "Hex, Elixir, Erlang",
                                .compare = compare_semantic,
                                .is_valid = is_valid,
                                .contains = contains,
                                .source = "https://hexdocs.pm/elixir/Version.html"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
