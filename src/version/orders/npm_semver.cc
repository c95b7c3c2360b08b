// node-semver: Semantic Versioning, with a `v` in front if need be. What it refuses, also as loose,
// is ordered by as much of it as reads as one.

#include "version/npm_range.h"
#include "version/order.h"
#include "version/semantic.h"

namespace plimsoll::version::orders {
namespace {

bool is_valid(std::string_view version) {
  return is_semantic(version, {.leading_v = true});
}

}  // namespace

const Order& npm_semver() {
  static constexpr Order kOrder{.name = "npm-semver",
                                .ecosystems = "npm, JavaScript, node, bower",
                                .compare = compare_semantic,
                                .is_valid = is_valid,
                                .contains = npm_range_contains,
                                .source = "https://github.com/npm/node-semver#readme"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
