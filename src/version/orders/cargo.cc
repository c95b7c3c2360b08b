// Semantic Versioning. A bare version is `^`; a pre-release is in a range only where one of its
// comparators names a pre-release of the same numbers.

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
  bool named = !found.is_prerelease;
  const auto all = any_alternative(range, [&](const Comparator& comparator) -> std::optional<bool> {
    const auto partial = parse_partial(comparator.operand.empty() ? "*" : comparator.operand);
    if (!partial) return std::nullopt;
    named = named || (partial->version.is_prerelease && same_release(partial->version, found));
    const bool caret = comparator.op.empty() && !partial->has_wildcard;
    return holds(caret ? "^" : comparator.op, *partial, found);
  });
  if (!all) return all;
  return *all && named;
}

}  // namespace

const Order& cargo() {
  static constexpr Order kOrder{
      .name = "cargo",
      .ecosystems = "crates.io, Rust, crates",
      .compare = compare_semantic,
      .is_valid = is_valid,
      .contains = contains,
      .source = "https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
