// node-semver with its option `loose`: also `=1.2.3`, `v 1.2.3`, `1.2.3beta` and `01.02.03`.

#include "version/npm_range.h"
#include "version/order.h"
#include "version/semantic.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

bool is_valid(std::string_view version) {
  version = ascii::trim(version);
  (void)take_while(version, [](char c) { return c == 'v' || c == '=' || ascii::is_space(c); });
  std::string_view rest = version;
  for (int i = 0; i < 3; ++i) {
    if (take_digits(rest).empty() || (i < 2 && !take(rest, "."))) return false;
  }
  if (rest.empty() || is_semantic(version, {.leading_zeros = true})) return true;
  return ascii::is_alpha(rest.front()) && rest.find_first_of(" \t_") == std::string_view::npos;
}

}  // namespace

const Order& npm_semver_loose() {
  static constexpr Order kOrder{.name = "npm-semver-loose",
                                .compare = compare_semantic,
                                .is_valid = is_valid,
                                .contains = npm_range_contains,
                                .source = "https://github.com/npm/node-semver#readme"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
