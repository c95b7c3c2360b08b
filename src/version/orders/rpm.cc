// Epoch, version and release, each by rpmvercmp. No epoch is 0; no release is before any. What
// rpm refuses (blanks, several hyphens) is ordered by the same steps.

#include "version/evr.h"
#include "version/order.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

bool is_separator(char c) {
  return !ascii::is_alnum(c) && c != '~' && c != '^';
}

/// What may stand next: `~` is before the end, `^` after the end, then letters, then digits.
int weight(std::string_view rest) {
  if (rest.empty()) return 1;
  if (rest.front() == '~') return 0;
  if (rest.front() == '^') return 2;
  return ascii::is_alpha(rest.front()) ? 3 : 4;
}

std::weak_ordering compare_part(std::string_view a, std::string_view b) {
  while (true) {
    (void)take_while(a, is_separator);
    (void)take_while(b, is_separator);
    if (weight(a) != weight(b)) return weight(a) <=> weight(b);
    switch (weight(a)) {
      case 1: return std::weak_ordering::equivalent;
      case 3: {
        const auto order =
            compare_text(take_while(a, ascii::is_alpha), take_while(b, ascii::is_alpha));
        if (order != 0) return order;
        break;
      }
      case 4: {
        const auto order = compare_numbers(take_digits(a), take_digits(b));
        if (order != 0) return order;
        break;
      }
      default: a.remove_prefix(1); b.remove_prefix(1);
    }
  }
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  const Evr left = split_evr(a);
  const Evr right = split_evr(b);
  if (const auto order = compare_numbers(left.epoch, right.epoch); order != 0) return order;
  if (const auto order = compare_part(left.version, right.version); order != 0) return order;
  if (left.has_release != right.has_release) return left.has_release <=> right.has_release;
  return compare_part(left.release, right.release);
}

bool consists_of_allowed(std::string_view text) {
  for (const char c : text) {
    if (!ascii::is_alnum(c) && std::string_view("._+~^").find(c) == std::string_view::npos)
      return false;
  }
  return !text.empty();
}

bool is_valid(std::string_view version) {
  const Evr parts = split_evr(version);
  return consists_of_allowed(parts.version) &&
         (!parts.has_release || consists_of_allowed(parts.release));
}

}  // namespace

const Order& rpm() {
  static constexpr Order kOrder{
      .name = "rpm",
      .ecosystems =
          "Red Hat, Rocky Linux, AlmaLinux, SUSE, openSUSE, Azure Linux, CBL-Mariner, Photon OS, "
          "Mageia, openEuler, Fedora, CentOS, Oracle, Oracle Linux, Amazon Linux, TuxCare",
      .compare = compare,
      .is_valid = is_valid,
      .source = "https://rpm-software-management.github.io/rpm/man/rpm-version.7"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
