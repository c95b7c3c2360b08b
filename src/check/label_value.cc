#include "check/label_value.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/ascii.h"
#include "core/date.h"
#include "core/spdx_license.h"

namespace plimsoll::check {
namespace {

/// RFC 3986, as far as it tells an address from prose: a scheme, ':', and no character that must be
/// percent-encoded.
bool is_url(std::string_view value) {
  const std::size_t colon = value.find(':');
  if (colon == std::string_view::npos || colon == 0 || !ascii::is_alpha(value[0])) return false;
  const std::string_view scheme = value.substr(0, colon);
  const std::string_view rest = value.substr(colon + 1);
  const bool good_scheme = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return ascii::is_alnum(c) || c == '+' || c == '-' || c == '.';
  });
  if (!good_scheme || rest.empty() || rest == "//") return false;
  return std::all_of(rest.begin(), rest.end(), [](char c) {
    return ascii::is_alnum(c) ||
           std::string_view("-._~:/?#[]@!$&'()*+,;=%").find(c) != std::string_view::npos;
  });
}

/// Takes `digits` digits that make a number up to `highest`.
bool take_number(std::string_view& text, std::size_t digits, int highest) {
  if (text.size() < digits || !ascii::is_number(text.substr(0, digits))) return false;
  int number = 0;
  for (const char c : text.substr(0, digits)) number = number * 10 + (c - '0');
  text.remove_prefix(digits);
  return number <= highest;
}

bool take_one_of(std::string_view& text, std::string_view characters) {
  if (text.empty() || characters.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// RFC 3339 date-time, a leap second included.
bool is_rfc3339(std::string_view value) {
  constexpr std::size_t kDateSize = 10;
  if (!parse_date(value.substr(0, kDateSize))) return false;
  value.remove_prefix(kDateSize);
  if (!take_one_of(value, "Tt ") || !take_number(value, 2, 23) || !take_one_of(value, ":") ||
      !take_number(value, 2, 59) || !take_one_of(value, ":") || !take_number(value, 2, 60)) {
    return false;
  }
  if (take_one_of(value, ".")) {
    if (!take_one_of(value, "0123456789")) return false;
    while (take_one_of(value, "0123456789")) {
    }
  }
  if (take_one_of(value, "Zz")) return value.empty();
  return take_one_of(value, "+-") && take_number(value, 2, 23) && take_one_of(value, ":") &&
         take_number(value, 2, 59) && value.empty();
}

/// A Git commit: abbreviated, SHA-1 or SHA-256.
bool is_hash(std::string_view value) {
  constexpr std::size_t kShortest = 7;
  constexpr std::size_t kSha1 = 40;
  constexpr std::size_t kSha256 = 64;
  if (value.size() < kShortest || (value.size() > kSha1 && value.size() != kSha256)) return false;
  return std::all_of(value.begin(), value.end(), ascii::is_hex);
}

bool is_version_number(std::string_view text) {
  return ascii::is_number(text) && (text.size() == 1 || text[0] != '0');
}

/// Dot-separated identifiers of a pre-release or of build metadata.
bool are_identifiers(std::string_view text, bool leading_zeros) {
  for (;;) {
    const std::size_t dot = text.find('.');
    const std::string_view one = text.substr(0, dot);
    const bool fine = !one.empty() && std::all_of(one.begin(), one.end(), [](char c) {
      return ascii::is_alnum(c) || c == '-';
    });
    if (!fine || (!leading_zeros && ascii::is_number(one) && !is_version_number(one))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

/// Semantic Versioning 2.0.0.
bool is_semver(std::string_view value) {
  if (const std::size_t plus = value.find('+'); plus != std::string_view::npos) {
    if (!are_identifiers(value.substr(plus + 1), true)) return false;
    value = value.substr(0, plus);
  }
  if (const std::size_t dash = value.find('-'); dash != std::string_view::npos) {
    if (!are_identifiers(value.substr(dash + 1), false)) return false;
    value = value.substr(0, dash);
  }
  for (int parts = 1;; ++parts) {
    const std::size_t dot = value.find('.');
    if (!is_version_number(value.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return parts == 3;
    value.remove_prefix(dot + 1);
  }
}

/// RFC 5322 addr-spec without quoted parts and comments, which nobody writes into a label.
bool is_email(std::string_view value) {
  const std::size_t at = value.rfind('@');
  if (at == std::string_view::npos) return false;
  const auto is_dot_atom = [](std::string_view text, std::string_view more) {
    if (text.empty() || text.front() == '.' || text.back() == '.') return false;
    if (text.find("..") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(), [&](char c) {
      return ascii::is_alnum(c) || more.find(c) != std::string_view::npos;
    });
  };
  return is_dot_atom(value.substr(0, at), ".!#$%&'*+-/=?^_`{|}~") &&
         is_dot_atom(value.substr(at + 1), ".-");
}

struct Type {
  std::string_view name;
  std::string_view description;
  bool (*fits)(std::string_view value);
};
constexpr std::array kTypes{
    Type{"url", "a URL", is_url},
    Type{"rfc3339", "an RFC 3339 time", is_rfc3339},
    Type{"spdx", "an SPDX licence expression", is_spdx_expression},
    Type{"hash", "a Git commit's hash", is_hash},
    Type{"semver", "a semantic version", is_semver},
    Type{"email", "an e-mail address", is_email},
};

const Type* find_type(std::string_view name) {
  const auto* found = std::find_if(kTypes.begin(), kTypes.end(),
                                   [&](const Type& type) { return type.name == name; });
  return found == kTypes.end() ? nullptr : found;
}

}  // namespace

bool fits_label_type(std::string_view value, std::string_view type) {
  const Type* known = find_type(type);
  return known == nullptr || known->fits(value);
}

std::string_view describe_label_type(std::string_view type) {
  const Type* known = find_type(type);
  return known == nullptr ? "text" : known->description;
}

}  // namespace plimsoll::check
