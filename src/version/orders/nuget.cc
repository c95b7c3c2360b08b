// NuGet: Semantic Versioning with up to four numbers, whose words are the same in any case. What it
// refuses is ordered by as much of it as reads as one.

#include <cstddef>
#include <optional>

#include "version/comparator_list.h"
#include "version/interval.h"
#include "version/order.h"
#include "version/semantic.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

constexpr std::size_t kMostNumbers = 4;

std::weak_ordering compare(std::string_view a, std::string_view b) {
  const Semantic left = parse_semantic(a);
  const Semantic right = parse_semantic(b);
  if (const auto order = compare_dotted_numbers(left.numbers, right.numbers); order != 0) {
    return order;
  }
  if (left.is_prerelease != right.is_prerelease) return right.is_prerelease <=> left.is_prerelease;
  return compare_identifiers(left.prerelease, right.prerelease, compare_caseless);
}

bool is_valid(std::string_view version) {
  return is_semantic(version,
                     {.leading_zeros = true, .fewest_numbers = 1, .most_numbers = kMostNumbers});
}

/// `1.2.*` and `1.2.*-*`; the latter has pre-releases, too.
bool is_floating(std::string_view range, std::string_view version) {
  const Semantic found = parse_semantic(version);
  if (found.is_prerelease && range.find('-') == std::string_view::npos) return false;
  std::string_view numbers = found.numbers;
  while (!range.empty() && range.front() != '*') {
    if (compare_numbers(take_until(range, '.'), take_until(numbers, '.')) != 0) return false;
  }
  return true;
}

Result<bool> contains(std::string_view range, std::string_view version) {
  range = ascii::trim(range);
  if (range.starts_with('[') || range.starts_with('(')) {
    return in_intervals(range, version, compare);
  }
  if (range.find('*') != std::string_view::npos) return is_floating(range, version);
  return any_alternative(range, [version](const Comparator& comparator) -> std::optional<bool> {
    if (comparator.operand.empty()) return true;
    // A bare version is the lowest that will do.
    return holds(comparator.op.empty() ? ">=" : comparator.op,
                 compare(version, comparator.operand));
  });
}

}  // namespace

const Order& nuget() {
  static constexpr Order kOrder{
      .name = "nuget",
      .ecosystems = "NuGet, .NET, dotnet, PowerShell Gallery",
      .compare = compare,
      .is_valid = is_valid,
      .contains = contains,
      .source = "https://learn.microsoft.com/nuget/concepts/package-versioning"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
