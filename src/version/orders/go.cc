// Semantic Versioning with a `v`, which the databases leave out, or a toolchain's `go1.22rc1`.
// A pseudo-version is a pre-release, and +incompatible a build.

#include "version/order.h"
#include "version/semantic.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

std::string_view without_go(std::string_view version) {
  version = ascii::trim(version);
  (void)take(version, "go");
  return version;
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  return compare_semantic(without_go(a), without_go(b));
}

bool is_toolchain(std::string_view version) {
  const Semantic parsed = parse_semantic(version);
  return is_semantic(parsed.numbers, {.fewest_numbers = 1}) && parsed.build.empty();
}

bool is_valid(std::string_view version) {
  if (version.starts_with("go")) return is_toolchain(version.substr(2));
  return is_semantic(version, {.leading_v = true});
}

}  // namespace

const Order& go() {
  static constexpr Order kOrder{.name = "go",
                                .ecosystems = "Go, golang, stdlib, toolchain",
                                .compare = compare,
                                .is_valid = is_valid,
                                .source = "https://go.dev/ref/mod#versions"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
