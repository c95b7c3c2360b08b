// Epoch, version and, where both have one, release: 1.5-1 and 1.5-2 both equal 1.5, as in pacman,
// so that equality is not transitive. Separators at the end, which pacman orders in a circle, are
// here before a number behind as many separators, and after letters.

#include "version/evr.h"
#include "version/order.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

bool is_separator(char c) {
  return !ascii::is_alnum(c);
}

/// Letters before the end before digits.
int kind(std::string_view rest) {
  if (rest.empty()) return 1;
  return ascii::is_digit(rest.front()) ? 2 : 0;
}

std::weak_ordering compare_part(std::string_view a, std::string_view b) {
  while (true) {
    const std::size_t left = take_while(a, is_separator).size();
    const std::size_t right = take_while(b, is_separator).size();
    // What is parted from before is newer than what is not, and than the end.
    const int left_rank = left > 0 ? 3 : kind(a);
    const int right_rank = right > 0 ? 3 : kind(b);
    if (left_rank != right_rank) return left_rank <=> right_rank;
    if (left != right) return left <=> right;
    if (kind(a) != kind(b)) return kind(a) <=> kind(b);
    if (a.empty()) return std::weak_ordering::equivalent;
    const auto order = ascii::is_digit(a.front()) ? compare_numbers(take_digits(a), take_digits(b))
                                                  : compare_text(take_while(a, ascii::is_alpha),
                                                                 take_while(b, ascii::is_alpha));
    if (order != 0) return order;
  }
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  const Evr left = split_evr(a);
  const Evr right = split_evr(b);
  if (const auto order = compare_numbers(left.epoch, right.epoch); order != 0) return order;
  if (const auto order = compare_part(left.version, right.version); order != 0) return order;
  if (!left.has_release || !right.has_release) return std::weak_ordering::equivalent;
  return compare_part(left.release, right.release);
}

bool is_valid(std::string_view version) {
  const Evr parts = split_evr(version);
  if (parts.version.find_first_of(":/- \t") != std::string_view::npos) return false;
  return !parts.version.empty() && (!parts.has_release || !parts.release.empty());
}

}  // namespace

const Order& alpm() {
  static constexpr Order kOrder{.name = "alpm",
                                .ecosystems = "Arch Linux, Arch, pacman, Manjaro, MSYS2",
                                .compare = compare,
                                .is_valid = is_valid,
                                .is_weak = false,
                                .source = "https://man.archlinux.org/man/vercmp.8"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
