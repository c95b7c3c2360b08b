// The Package Manager Specification. What it refuses comes first, in natural order.

#include <array>
#include <optional>

#include "version/order.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

constexpr std::array<std::string_view, 5> kSuffixes{"alpha", "beta", "pre", "rc", "p"};
constexpr int kNoSuffix = 4;  ///< a patch is after the release, all else before

struct Parts {
  std::string_view numbers;   ///< "1.0.2"
  std::string_view letter;    ///< at most one
  std::string_view suffixes;  ///< "_rc1_p2"
  std::string_view revision;  ///< its digits
};

struct Suffix {
  int kind = kNoSuffix;
  std::string_view number;
};

/// The next "_rc1" of `rest`; none when it is another word.
std::optional<Suffix> take_suffix(std::string_view& rest) {
  rest.remove_prefix(1);
  const std::string_view word = take_while(rest, ascii::is_lower);
  for (std::size_t i = 0; i < kSuffixes.size(); ++i) {
    const int kind = static_cast<int>(i);
    if (kSuffixes[i] == word) return Suffix{kind < kNoSuffix ? kind : kind + 1, take_digits(rest)};
  }
  return std::nullopt;
}

bool are_numbers(std::string_view text) {
  while (true) {
    if (take_digits(text).empty()) return false;
    if (text.empty()) return true;
    if (!take(text, ".")) return false;
  }
}

std::optional<Parts> parse(std::string_view version) {
  Parts parts;
  std::string_view rest = version;
  parts.numbers = take_while(rest, [](char c) { return ascii::is_digit(c) || c == '.'; });
  if (!are_numbers(parts.numbers)) return std::nullopt;
  if (!rest.empty() && ascii::is_lower(rest.front())) {
    parts.letter = rest.substr(0, 1);
    rest.remove_prefix(1);
  }
  parts.suffixes = rest;
  while (rest.starts_with('_')) {
    if (!take_suffix(rest)) return std::nullopt;
  }
  parts.suffixes.remove_suffix(rest.size());
  if (rest.empty()) return parts;
  if (!take(rest, "-r") || !ascii::is_number(rest)) return std::nullopt;
  parts.revision = rest;
  return parts;
}

std::string_view without_last_zeros(std::string_view digits) {
  while (digits.ends_with('0')) digits.remove_suffix(1);
  return digits;
}

std::weak_ordering compare_numbers_of(std::string_view a, std::string_view b) {
  auto order = compare_numbers(take_until(a, '.'), take_until(b, '.'));
  while (order == 0 && !a.empty() && !b.empty()) {
    const std::string_view left = take_until(a, '.');
    const std::string_view right = take_until(b, '.');
    order = left.starts_with('0') || right.starts_with('0')
                ? compare_text(without_last_zeros(left), without_last_zeros(right))
                : compare_numbers(left, right);
  }
  return order != 0 ? order : !a.empty() <=> !b.empty();
}

std::weak_ordering compare_suffixes(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    const Suffix left = a.empty() ? Suffix{} : *take_suffix(a);
    const Suffix right = b.empty() ? Suffix{} : *take_suffix(b);
    if (left.kind != right.kind) return left.kind <=> right.kind;
    if (const auto order = compare_numbers(left.number, right.number); order != 0) return order;
  }
  return std::weak_ordering::equivalent;
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  const auto left = parse(a);
  const auto right = parse(b);
  if (!left || !right) return compare_refused(left.has_value(), right.has_value(), a, b);
  if (const auto order = compare_numbers_of(left->numbers, right->numbers); order != 0) {
    return order;
  }
  if (const auto order = compare_text(left->letter, right->letter); order != 0) return order;
  if (const auto order = compare_suffixes(left->suffixes, right->suffixes); order != 0) {
    return order;
  }
  return compare_numbers(left->revision, right->revision);
}

bool is_valid(std::string_view version) {
  return parse(version).has_value();
}

}  // namespace

const Order& gentoo() {
  static constexpr Order kOrder{
      .name = "gentoo",
      .ecosystems = "Gentoo, ebuild, Portage",
      .compare = compare,
      .is_valid = is_valid,
      .source = "https://projects.gentoo.org/pms/8/pms.html#version-comparison"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
