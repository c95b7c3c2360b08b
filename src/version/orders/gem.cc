// Gem::Version: runs of digits and of letters, whatever parts them. A run of letters is before a
// number and before the end; zeros before the first letters and at the end do not count. What
// RubyGems refuses is ordered by its runs, too.

#include <algorithm>
#include <optional>
#include <utility>

#include "version/comparator_list.h"
#include "version/order.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

/// The canonical segments of a version, one after the other.
class Segments {
 public:
  explicit Segments(std::string_view version) : rest_(version) {}

  /// Null at the end.
  std::optional<std::string_view> next() {
    if (zeros_ > 0) {
      --zeros_;
      return "0";
    }
    if (held_) return std::exchange(held_, std::nullopt);
    std::optional<std::string_view> segment = scan();
    if (!in_numbers_) return segment;
    // Zeros count only when another number follows them.
    std::size_t zeros = 0;
    for (; segment && ascii::is_digit(segment->front()) && is_zero(*segment); segment = scan()) {
      ++zeros;
    }
    if (!segment || !ascii::is_digit(segment->front())) {
      in_numbers_ = false;
      return segment;
    }
    if (zeros == 0) return segment;
    zeros_ = zeros - 1;
    held_ = segment;
    return "0";
  }

 private:
  std::optional<std::string_view> scan() {
    while (!rest_.empty() && !ascii::is_alnum(rest_.front())) {
      const bool hyphen = rest_.front() == '-';
      rest_.remove_prefix(1);
      if (hyphen) return "pre";  // 1.0-2 is 1.0.pre.2
    }
    if (rest_.empty()) return std::nullopt;
    if (ascii::is_digit(rest_.front())) return take_digits(rest_);
    return take_while(rest_, ascii::is_alpha);
  }

  std::string_view rest_;
  bool in_numbers_ = true;
  std::size_t zeros_ = 0;
  std::optional<std::string_view> held_;
};

std::weak_ordering compare_segments(std::string_view a, std::string_view b) {
  const bool left_number = ascii::is_digit(a.front());
  const bool right_number = ascii::is_digit(b.front());
  if (left_number != right_number) return left_number <=> right_number;
  return left_number ? compare_numbers(a, b) : compare_text(a, b);
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  Segments left(a);
  Segments right(b);
  while (true) {
    const auto l = left.next();
    const auto r = right.next();
    if (!l && !r) return std::weak_ordering::equivalent;
    if (const auto order = compare_segments(l.value_or("0"), r.value_or("0")); order != 0) {
      return order;
    }
  }
}

bool is_valid(std::string_view version) {
  version = ascii::trim(version);
  if (version.empty()) return true;  // 0
  const std::size_t hyphen = version.find('-');
  std::string_view rest = version.substr(0, hyphen);
  if (!ascii::is_number(take_until(rest, '.')) || version.substr(0, hyphen).ends_with('.')) {
    return false;
  }
  const auto are_words = [](std::string_view text, bool hyphens) {
    while (!text.empty()) {
      const std::string_view word = take_until(text, '.');
      const auto allowed = [hyphens](char c) {
        return ascii::is_alnum(c) || (hyphens && c == '-');
      };
      if (word.empty() || !std::all_of(word.begin(), word.end(), allowed)) return false;
    }
    return true;
  };
  if (!are_words(rest, false)) return false;
  if (hyphen == std::string_view::npos) return true;
  rest = version.substr(hyphen + 1);
  return !rest.empty() && !rest.ends_with('.') && are_words(rest, true);
}

/// The version before its first letters.
std::string_view release_of(std::string_view version) {
  version = ascii::trim(version);
  return take_while(version, [](char c) { return ascii::is_digit(c) || c == '.'; });
}

/// `~> 1.4.2` is the release 1.4, then anything from 2 on.
bool is_pessimistic(std::string_view base, std::string_view version) {
  if (compare(version, base) < 0) return false;
  std::string_view numbers = release_of(base);
  while (numbers.ends_with('.')) numbers.remove_suffix(1);
  const std::size_t dots =
      static_cast<std::size_t>(std::count(numbers.begin(), numbers.end(), '.'));
  std::string_view release = release_of(version);
  for (std::size_t i = 0; i < std::max<std::size_t>(dots, 1); ++i) {
    const std::string_view want = take_until(numbers, '.');
    if (compare_numbers(want, take_until(release, '.')) != 0) return false;
  }
  return true;
}

Result<bool> contains(std::string_view range, std::string_view version) {
  return any_alternative(range, [version](const Comparator& comparator) -> std::optional<bool> {
    if (!is_valid(comparator.operand)) return std::nullopt;
    if (comparator.op == "~>") return is_pessimistic(comparator.operand, version);
    if (comparator.op.empty() && comparator.operand.empty()) return true;
    return holds(comparator.op, compare(version, comparator.operand));
  });
}

}  // namespace

const Order& gem() {
  static constexpr Order kOrder{.name = "gem",
                                .ecosystems = "RubyGems, ruby, bundler",
                                .compare = compare,
                                .is_valid = is_valid,
                                .contains = contains,
                                .source = "https://docs.ruby-lang.org/en/master/Gem/Version.html"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
