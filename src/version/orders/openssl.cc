// OpenSSL: until 1.1.1 a letter tells the patch, and after z comes za; from 3.0.0 on it is Semantic
// Versioning. What is neither is ordered by as much of it as reads as one.

#include "version/order.h"
#include "version/semantic.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

struct Parts {
  std::string_view numbers;
  std::string_view letters;
  Semantic rest;  ///< the pre-release
};

Parts split(std::string_view version) {
  Parts parts;
  version = ascii::trim(version);
  parts.numbers = take_while(version, [](char c) { return ascii::is_digit(c) || c == '.'; });
  parts.letters = take_while(version, ascii::is_alpha);
  // What is built for FIPS is the same release.
  if (!version.starts_with("-fips")) parts.rest = parse_semantic(version);
  return parts;
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  const Parts left = split(a);
  const Parts right = split(b);
  if (const auto order = compare_dotted_numbers(left.numbers, right.numbers); order != 0) {
    return order;
  }
  if (const auto order = compare_caseless(left.letters, right.letters); order != 0) return order;
  return compare_semantic(left.rest, right.rest);
}

bool is_valid(std::string_view version) {
  const Parts parts = split(version);
  if (!is_semantic(parts.numbers)) return false;
  const bool semantic = compare_dotted_numbers(parts.numbers, "3") >= 0;
  if (semantic) return is_semantic(version);
  return parts.letters.size() <= 2 && compare_dotted_numbers(parts.numbers, "2") < 0;
}

}  // namespace

const Order& openssl() {
  static constexpr Order kOrder{
      .name = "openssl",
      .ecosystems = "OpenSSL",
      .compare = compare,
      .is_valid = is_valid,
      .source = "https://openssl-library.org/policies/general/versioning-policy/"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
