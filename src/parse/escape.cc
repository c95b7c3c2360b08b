#include "parse/escape.h"

#include <optional>

#include "core/ascii.h"
#include "core/utf8.h"

namespace plimsoll {
namespace {

std::optional<char32_t> simple_escape(char c, EscapeSet set) {
  switch (c) {
    case 'b': return U'\b';
    case 'f': return U'\f';
    case 'n': return U'\n';
    case 'r': return U'\r';
    case 't': return U'\t';
    case '"': return U'"';
    case '\\': return U'\\';
    case '/': return U'/';
    default: break;
  }
  if (set == EscapeSet::kJson) return std::nullopt;
  if (c == '0') return U'\0';
  if (c == 'v') return U'\v';
  if (set == EscapeSet::kJson5) return std::nullopt;
  switch (c) {
    case 'a': return U'\a';
    case '\t': return U'\t';
    case 'e': return U'\x1b';
    case ' ': return U' ';
    case 'N': return U'\u0085';
    case '_': return U'\u00a0';
    case 'L': return U'\u2028';
    case 'P': return U'\u2029';
    default: return std::nullopt;
  }
}

std::size_t hex_digits(char c, EscapeSet set) {
  if (c == 'u') return 4;
  if (c == 'x' && set != EscapeSet::kJson) return 2;
  if (c == 'U' && set == EscapeSet::kYaml) return 8;
  return 0;
}

std::optional<char32_t> hex(std::string_view text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  char32_t value = 0;
  for (const char c : text.substr(0, digits)) {
    if (!ascii::is_hex(c)) return std::nullopt;
    const char lower = ascii::to_lower(c);
    value =
        value * 16 + static_cast<char32_t>(ascii::is_digit(lower) ? lower - '0' : lower - 'a' + 10);
  }
  return value;
}

constexpr bool is_high_surrogate(char32_t c) {
  return c >= 0xD800 && c <= 0xDBFF;
}
constexpr bool is_low_surrogate(char32_t c) {
  return c >= 0xDC00 && c <= 0xDFFF;
}

}  // namespace

std::size_t append_escape(std::string_view rest, EscapeSet set, std::string& out) {
  if (rest.empty()) return 0;
  if (const auto simple = simple_escape(rest.front(), set)) {
    utf8::append(out, *simple);
    return 1;
  }
  const std::size_t digits = hex_digits(rest.front(), set);
  if (digits == 0) return 0;
  const auto first = hex(rest.substr(1), digits);
  if (!first) return 0;
  const std::size_t used = 1 + digits;
  if (is_high_surrogate(*first) && rest.substr(used).starts_with("\\u")) {
    const auto second = hex(rest.substr(used + 2), 4);
    if (second && is_low_surrogate(*second)) {
      utf8::append(out, 0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00));
      return used + 6;
    }
  }
  utf8::append(out, *first);
  return used;
}

}  // namespace plimsoll
