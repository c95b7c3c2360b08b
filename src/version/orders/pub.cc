// Dart's pub_semver: Semantic Versioning in which the build counts: after the same version without
// one, and identifier by identifier.

#include <optional>

#include "version/comparator_list.h"
#include "version/order.h"
#include "version/partial.h"
#include "version/semantic.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

std::weak_ordering compare_parsed(const Semantic& a, const Semantic& b) {
  if (const auto order = compare_semantic(a, b); order != 0) return order;
  if (a.build.empty() != b.build.empty()) return b.build.empty() <=> a.build.empty();
  return compare_identifiers(a.build, b.build, compare_text);
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  return compare_parsed(parse_semantic(a), parse_semantic(b));
}

bool is_valid(std::string_view version) {
  return is_semantic(version, {.leading_zeros = true});
}

/// Whether the range begins in the pre-releases of these numbers, so that `<2.0.0` has them, too.
bool begins_in_prereleases_of(std::string_view range, const Semantic& version) {
  do {
    while (const auto comparator = take_comparator(range)) {
      const Semantic base = parse_semantic(comparator->operand);
      if (comparator->op.starts_with('>') && base.is_prerelease && same_release(base, version)) {
        return true;
      }
    }
  } while (take_or(range));
  return false;
}

Result<bool> contains(std::string_view range, std::string_view version) {
  const Semantic found = parse_semantic(version);
  const bool begins_in_them = found.is_prerelease && begins_in_prereleases_of(range, found);
  return any_alternative(range, [&](const Comparator& comparator) -> std::optional<bool> {
    if (comparator.operand.empty() || comparator.operand == "any") return true;
    const auto partial = parse_partial(comparator.operand);
    if (!partial || partial->count != partial->numbers.size()) return std::nullopt;
    const auto order = compare_parsed(found, partial->version);
    if (comparator.op == "^") {
      return order >= 0 && starts_alike(found.numbers, partial->version.numbers,
                                        caret_numbers(partial->version.numbers));
    }
    // The pre-releases of an upper bound are past it.
    if (comparator.op == "<" && found.is_prerelease && !partial->version.is_prerelease &&
        same_release(found, partial->version)) {
      return begins_in_them;
    }
    return holds(comparator.op, order);
  });
}

}  // namespace

const Order& pub() {
  static constexpr Order kOrder{.name = "pub",
                                .ecosystems = "Pub, Dart",
                                .compare = compare,
                                .is_valid = is_valid,
                                .contains = contains,
                                .source = "https://pub.dev/packages/pub_semver"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
