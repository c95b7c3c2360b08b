#include "version/semantic.h"

#include <algorithm>

#include "version/text_order.h"

namespace plimsoll::version {
namespace {

bool is_number_or_dot(char c) {
  return ascii::is_digit(c) || c == '.';
}

/// Skips empty pieces, so that "1..2" is "1.2".
std::string_view take_number(std::string_view& numbers) {
  (void)take_while(numbers, [](char c) { return c == '.'; });
  return take_digits(numbers);
}

/// @param numbers_may_pad  whether a number of several digits may begin with 0
bool are_identifiers(std::string_view text, bool numbers_may_pad) {
  if (text.empty() || text.ends_with('.')) return false;
  while (!text.empty()) {
    const std::string_view identifier = take_until(text, '.');
    if (identifier.empty()) return false;
    for (const char c : identifier) {
      if (!ascii::is_alnum(c) && c != '-') return false;
    }
    if (!numbers_may_pad && identifier.size() > 1 && identifier.front() == '0' &&
        ascii::is_number(identifier)) {
      return false;
    }
  }
  return true;
}

}  // namespace

Semantic parse_semantic(std::string_view text) {
  text = ascii::trim(text);
  (void)take_while(text, [](char c) { return c == '=' || ascii::is_blank(c); });
  (void)(take(text, "v") || take(text, "V"));
  (void)take_while(text, ascii::is_blank);
  Semantic version;
  version.numbers = take_while(text, is_number_or_dot);
  const std::size_t plus = text.find('+');
  if (plus != std::string_view::npos) {
    version.build = text.substr(plus + 1);
    text = text.substr(0, plus);
  }
  version.is_prerelease = !text.empty();
  (void)take(text, "-");
  version.prerelease = text;
  return version;
}

std::weak_ordering compare_dotted_numbers(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    const auto order = compare_numbers(take_number(a), take_number(b));
    if (order != 0) return order;
  }
  return std::weak_ordering::equivalent;
}

bool starts_alike(std::string_view a, std::string_view b, std::size_t count) {
  for (std::size_t i = 0; i < count && !(a.empty() && b.empty()); ++i) {
    if (compare_numbers(take_until(a, '.'), take_until(b, '.')) != 0) return false;
  }
  return true;
}

std::size_t caret_numbers(std::string_view numbers) {
  std::size_t count = 0;
  while (!numbers.empty()) {
    ++count;
    if (!is_zero(take_until(numbers, '.'))) return count;
  }
  return count;
}

std::size_t count_numbers(std::string_view numbers) {
  const auto dots = std::count(numbers.begin(), numbers.end(), '.');
  return numbers.empty() ? 0 : 1 + static_cast<std::size_t>(dots);
}

std::weak_ordering compare_identifiers(std::string_view a, std::string_view b,
                                       CompareText compare_words) {
  bool left_more = true;
  bool right_more = true;
  while (left_more && right_more) {
    left_more = a.find('.') != std::string_view::npos;
    right_more = b.find('.') != std::string_view::npos;
    const std::string_view left = take_until(a, '.');
    const std::string_view right = take_until(b, '.');
    const bool left_number = ascii::is_number(left);
    const bool right_number = ascii::is_number(right);
    if (left_number != right_number) return right_number <=> left_number;
    const auto order = left_number ? compare_numbers(left, right) : compare_words(left, right);
    if (order != 0) return order;
  }
  return left_more <=> right_more;
}

std::weak_ordering compare_semantic(const Semantic& a, const Semantic& b) {
  if (const auto order = compare_dotted_numbers(a.numbers, b.numbers); order != 0) return order;
  if (a.is_prerelease != b.is_prerelease) return b.is_prerelease <=> a.is_prerelease;
  return compare_identifiers(a.prerelease, b.prerelease, compare_text);
}

std::weak_ordering compare_semantic(std::string_view a, std::string_view b) {
  return compare_semantic(parse_semantic(a), parse_semantic(b));
}

bool is_semantic(std::string_view text, const SemanticRules& rules) {
  if (rules.leading_v) (void)(take(text, "v") || take(text, "V"));
  std::size_t numbers = 0;
  do {
    const std::string_view number = take_digits(text);
    if (number.empty()) return false;
    if (!rules.leading_zeros && number.size() > 1 && number.front() == '0') return false;
    ++numbers;
  } while (take(text, "."));
  if (numbers < rules.fewest_numbers || numbers > rules.most_numbers) return false;
  const std::size_t plus = text.find('+');
  if (plus != std::string_view::npos) {
    if (!are_identifiers(text.substr(plus + 1), true)) return false;
    text = text.substr(0, plus);
  }
  return text.empty() || (take(text, "-") && are_identifiers(text, rules.leading_zeros));
}

}  // namespace plimsoll::version
