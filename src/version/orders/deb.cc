// Epoch, upstream version and revision. An epoch that is no number belongs to the upstream version;
// dpkg refuses it.

#include "version/order.h"
#include "version/text_order.h"

namespace plimsoll::version::orders {
namespace {

struct Parts {
  std::string_view epoch;
  std::string_view upstream;
  std::string_view revision;
};

Parts split(std::string_view version) {
  Parts parts;
  parts.upstream = ascii::trim(version);
  const std::size_t colon = parts.upstream.find(':');
  if (colon != std::string_view::npos && ascii::is_number(parts.upstream.substr(0, colon))) {
    parts.epoch = parts.upstream.substr(0, colon);
    parts.upstream.remove_prefix(colon + 1);
  }
  const std::size_t hyphen = parts.upstream.rfind('-');
  if (hyphen != std::string_view::npos) {
    parts.revision = parts.upstream.substr(hyphen + 1);
    parts.upstream = parts.upstream.substr(0, hyphen);
  }
  return parts;
}

/// `~` is before the end and digits, letters are before all else.
int weight(std::string_view rest) {
  if (rest.empty() || ascii::is_digit(rest.front())) return 0;
  if (rest.front() == '~') return -1;
  const int byte = static_cast<unsigned char>(rest.front());
  return ascii::is_alpha(rest.front()) ? byte : byte + 256;
}

bool at_text(std::string_view rest) {
  return !rest.empty() && !ascii::is_digit(rest.front());
}

std::weak_ordering compare_part(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    while (at_text(a) || at_text(b)) {
      if (weight(a) != weight(b)) return weight(a) <=> weight(b);
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
    const auto order = compare_numbers(take_digits(a), take_digits(b));
    if (order != 0) return order;
  }
  return std::weak_ordering::equivalent;
}

std::weak_ordering compare(std::string_view a, std::string_view b) {
  const Parts left = split(a);
  const Parts right = split(b);
  if (const auto order = compare_numbers(left.epoch, right.epoch); order != 0) return order;
  if (const auto order = compare_part(left.upstream, right.upstream); order != 0) return order;
  return compare_part(left.revision, right.revision);
}

bool consists_of(std::string_view text, std::string_view punctuation) {
  for (const char c : text) {
    if (!ascii::is_alnum(c) && punctuation.find(c) == std::string_view::npos) return false;
  }
  return true;
}

bool is_valid(std::string_view version) {
  const Parts parts = split(version);
  if (parts.upstream.empty() || !ascii::is_digit(parts.upstream.front())) return false;
  if (ascii::trim(version).ends_with('-')) return false;
  return consists_of(parts.upstream, "-+.~:") && consists_of(parts.revision, "+.~");
}

}  // namespace

const Order& deb() {
  static constexpr Order kOrder{
      .name = "deb",
      .ecosystems = "Debian, Ubuntu, Echo, dpkg, Raspbian, Kali, Linux Mint, Deepin",
      .compare = compare,
      .is_valid = is_valid,
      .source = "https://www.debian.org/doc/debian-policy/ch-controlfields.html#version"};
  return kOrder;
}

}  // namespace plimsoll::version::orders
