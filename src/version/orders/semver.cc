// Semantic Versioning 2. Not refused: a `v` in front, and any count of numbers.
//
// The language of ranges is the one that Go's Masterminds/semver made known: what is missing at the
// end stands for any number, and a pre-release is only in what names a pre-release.

#include "version/comparator_list.h"
#include "version/order.h"
#include "version/partial.h"
#include "version/semantic.h"

namespace plimsoll::version::orders {
namespace {

bool is_valid(std::string_view version) {
  return is_semantic(version, {.leading_v = true});
}

Result<bool> contains(std::string_view range, std::string_view version) {
  const Semantic found = parse_semantic(version);
  return any_alternative(range, [&](const Comparator& comparator) -> std::optional<bool> {
    const auto partial = parse_partial(comparator.operand.empty() ? "*" : comparator.operand);
    if (!partial) return std::nullopt;
    const auto held = holds(comparator.op, *partial, found);
    if (!held) return std::nullopt;
    return *held && (!found.is_prerelease || partial->version.is_prerelease);
  });
}

}  // namespace

const Order& semver() {
  static constexpr Order kOrder{
      .name = "semver",
      .ecosystems =
          "SwiftURL, Swift, Bitnami, GitHub Actions, githubactions, github, CocoaPods, "
          "VSCode, Kubernetes, Helm, Terraform, OpenVSX, Linux, elm, opam",
      .compare = compare_semantic,
      .is_valid = is_valid,
      .contains = contains,
      .source = "https://semver.org/spec/v2.0.0.html"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
