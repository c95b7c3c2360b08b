// PHP's version_compare, as Packagist's databases are sorted by it, with the `v` off: runs of
// digits and of letters; words that are no stability come first, then dev, alpha, beta, RC, the
// end, numbers, and patches. 1.0 is before 1.0.0 there, while in Composer's constraints they are
// the same.

#include <algorithm>
#include <optional>

#include "version/comparator_list.h"
#include "version/order.h"
#include "version/semantic.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

constexpr int kEnd = 4;
constexpr int kNumber = 5;

int weight(std::string_view run) {
  if (run.empty()) return kEnd;
  if (ascii::is_digit(run.front())) return kNumber;
  if (run.starts_with("dev")) return 0;
  if (run.starts_with('a')) return 1;
  if (run.starts_with('b')) return 2;
  if (run.starts_with("RC") || run.starts_with("rc")) return 3;
  return run.starts_with('p') ? kNumber + 1 : -1;
}

/// Empty at the end.
std::string_view take_run(std::string_view& rest) {
  (void)take_while(rest, [](char c) { return !ascii::is_alnum(c); });
  if (!rest.empty() && ascii::is_digit(rest.front())) return take_digits(rest);
  return take_while(rest, ascii::is_alpha);
}

std::weak_ordering compare_runs(std::string_view a, std::string_view b) {
  while (true) {
    const std::string_view left = take_run(a);
    const std::string_view right = take_run(b);
    if (weight(left) != weight(right)) return weight(left) <=> weight(right);
    if (left.empty()) return std::weak_ordering::equivalent;
    if (weight(left) != kNumber) continue;
    if (const auto order = compare_numbers(left, right); order != 0) return order;
  }
}

std::string_view without_v(std::string_view version) {
  version = ascii::trim(version);
  (void)(take(version, "v") || take(version, "V"));
  return version;
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  return compare_runs(without_v(a), without_v(b));
}

bool is_stability(std::string_view text) {
  (void)(take(text, "-") || take(text, ".") || take(text, "_"));
  if (text.empty()) return true;
  const std::string_view word = take_while(text, ascii::is_alpha);
  bool known = false;
  for (const std::string_view each :
       {"stable", "beta", "b", "rc", "alpha", "a", "patch", "pl", "p", "dev"}) {
    known = known || ascii::iequals(each, word);
  }
  return known && text.find_first_not_of("0123456789.-_dev") == std::string_view::npos;
}

bool is_valid(std::string_view version) {
  version = without_v(version);
  if (version.starts_with("dev-")) return version.size() > 4;
  version = version.substr(0, version.find('+'));
  const std::string_view numbers =
      take_while(version, [](char c) { return ascii::is_digit(c) || c == '.'; });
  return !numbers.empty() && is_stability(version);
}

/// A version as constraints see it: what is missing of its numbers is 0.
struct Bound {
  std::string_view numbers;
  std::string_view stability;  ///< "-beta1"; empty for a release
};

Bound bound_of(std::string_view version) {
  version = without_v(version);
  version = version.substr(0, version.find_first_of("@#+"));
  Bound bound;
  bound.numbers = take_while(version, [](char c) { return ascii::is_digit(c) || c == '.'; });
  while (bound.numbers.ends_with('.')) bound.numbers.remove_suffix(1);
  bound.stability = version;
  if (ascii::iequals(bound.stability, "-stable")) bound.stability = {};
  return bound;
}

std::weak_ordering compare_bounds(const Bound& a, const Bound& b) {
  const auto order = compare_dotted_numbers(a.numbers, b.numbers);
  return order != 0 ? order : compare_runs(a.stability, b.stability);
}

/// At least the first of its pre-releases, unless the bound says which.
bool is_from(const Bound& version, const Bound& lowest) {
  const auto numbers = compare_dotted_numbers(version.numbers, lowest.numbers);
  return numbers > 0 ||
         (numbers == 0 && (lowest.stability.empty() || compare_bounds(version, lowest) >= 0));
}

bool is_below(const Bound& version, const Bound& highest) {
  const auto numbers = compare_dotted_numbers(version.numbers, highest.numbers);
  return numbers < 0 ||
         (numbers == 0 && !highest.stability.empty() && compare_bounds(version, highest) < 0);
}

bool is_within(const Bound& version, const Bound& base, std::size_t kept) {
  return starts_alike(version.numbers, base.numbers, kept);
}

/// "1.2.*"
std::optional<bool> holds_wildcard(std::string_view op, std::string_view operand,
                                   const Bound& version) {
  const Bound base = bound_of(operand);
  const bool within = is_within(version, base, count_numbers(base.numbers));
  if (op.empty() || op == "=" || op == "==") return within;
  if (op == "!=" || op == "<>") return !within;
  if (op == ">=") return is_from(version, base);
  if (op == "<") return is_below(version, base);
  return std::nullopt;
}

std::optional<bool> satisfies(const Comparator& comparator, std::string_view text) {
  const Bound version = bound_of(text);
  const std::string_view operand = comparator.operand.substr(0, comparator.operand.find('@'));
  if (operand.empty() || operand == "*") return true;
  if (operand.find("dev-") == 0 || text.find("dev-") == 0) {
    return ascii::iequals(operand, text) != (comparator.op == "!=");
  }
  if (operand.find_first_of("*xX") != std::string_view::npos) {
    return holds_wildcard(comparator.op, operand, version);
  }
  const Bound base = bound_of(operand);
  if (base.numbers.empty()) return std::nullopt;
  const std::size_t count = count_numbers(base.numbers);
  if (comparator.op == "^") {
    return is_from(version, base) && is_within(version, base, caret_numbers(base.numbers));
  }
  if (comparator.op == "~") {
    return is_from(version, base) && is_within(version, base, std::max<std::size_t>(count - 1, 1));
  }
  if (comparator.op == ">=") return is_from(version, base);
  if (comparator.op == "<") return is_below(version, base);
  return holds(comparator.op == "<>" ? "!=" : comparator.op, compare_bounds(version, base));
}

/// "1.0 - 2.0": up to all of 2.0, and to 2.0.1 itself.
std::optional<bool> in_hyphen_range(std::string_view text, std::size_t hyphen,
                                    std::string_view version) {
  const Bound found = bound_of(version);
  const Bound lowest = bound_of(ascii::trim(text.substr(0, hyphen)));
  const Bound highest = bound_of(ascii::trim(text.substr(hyphen + 3)));
  if (lowest.numbers.empty() || highest.numbers.empty()) return std::nullopt;
  constexpr std::size_t kWhole = 3;
  const std::size_t count = count_numbers(highest.numbers);
  const bool open = count < kWhole && highest.stability.empty();
  return is_from(found, lowest) &&
         (compare_bounds(found, highest) <= 0 || (open && is_within(found, highest, count)));
}

Result<bool> contains(std::string_view range, std::string_view version) {
  version = ascii::trim(version);
  bool any = false;
  std::string_view rest = range;
  do {
    const std::string_view one = take_until(rest, '|');
    (void)take(rest, "|");
    const std::size_t hyphen = one.find(" - ");
    if (hyphen != std::string_view::npos) {
      const auto held = in_hyphen_range(one, hyphen, version);
      if (!held) return no_range(range);
      any = any || *held;
      continue;
    }
    const auto held = any_alternative(
        one, [version](const Comparator& each) { return satisfies(each, version); });
    if (!held) return held;
    any = any || *held;
  } while (!rest.empty());
  return any;
}

}  // namespace

const Order& composer() {
  static constexpr Order kOrder{.name = "composer",
                                .ecosystems = "Packagist, PHP, Drupal, WordPress, Pear",
                                .compare = compare,
                                .is_valid = is_valid,
                                .contains = contains,
                                .source = "https://www.php.net/version_compare"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
