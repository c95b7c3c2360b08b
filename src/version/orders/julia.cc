// Julia's VersionNumber: Semantic Versioning in which the build counts, after the same version
// without one. Ranges are Pkg's: a bare version is `^`, and commas part alternatives.

#include <optional>

#include "version/comparator_list.h"
#include "version/order.h"
#include "version/partial.h"
#include "version/semantic.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

std::weak_ordering compare(std::string_view a, std::string_view b) {
  const Semantic left = parse_semantic(a);
  const Semantic right = parse_semantic(b);
  if (const auto order = compare_semantic(left, right); order != 0) return order;
  if (left.build.empty() != right.build.empty()) return right.build.empty() <=> left.build.empty();
  return compare_identifiers(left.build, right.build, compare_text);
}

bool is_valid(std::string_view version) {
  return is_semantic(version, {.leading_v = true, .leading_zeros = true, .fewest_numbers = 1});
}

std::optional<bool> satisfies(std::string_view text, const Semantic& version) {
  const std::size_t hyphen = text.find(" - ");
  if (hyphen != std::string_view::npos) {
    const auto lowest = parse_partial(text.substr(0, hyphen));
    const auto highest = parse_partial(text.substr(hyphen + 3));
    if (!lowest || !highest) return std::nullopt;
    return *holds(">=", *lowest, version) && *holds("<=", *highest, version);
  }
  const auto comparator = take_comparator(text);
  if (!comparator || !ascii::trim(text).empty()) return std::nullopt;
  const auto partial = parse_partial(comparator->operand);
  if (!partial) return std::nullopt;
  if (comparator->op == "=") return compare_semantic(version, partial->version) == 0;
  return holds(comparator->op.empty() ? "^" : comparator->op, *partial, version);
}

Result<bool> contains(std::string_view range, std::string_view version) {
  const Semantic found = parse_semantic(version);
  if (ascii::trim(range) == "*") return true;
  bool any = false;
  for (std::string_view rest = range; !rest.empty();) {
    const auto one = satisfies(ascii::trim(take_until(rest, ',')), found);
    if (!one) return no_range(range);
    any = any || *one;
  }
  return any;
}

}  // namespace

const Order& julia() {
  static constexpr Order kOrder{.name = "julia",
                                .ecosystems = "Julia",
                                .compare = compare,
                                .is_valid = is_valid,
                                .contains = contains,
                                .source = "https://pkgdocs.julialang.org/v1/compatibility/"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
