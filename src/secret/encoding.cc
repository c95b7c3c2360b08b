#include <algorithm>
#include <string>

#include "core/ascii.h"
#include "secret/finders.h"
#include "secret/value.h"

namespace plimsoll::secret {
namespace {

int digit_of(char c) {
  if (ascii::is_upper(c)) return c - 'A';
  if (ascii::is_lower(c)) return c - 'a' + 26;
  if (ascii::is_digit(c)) return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

/// An object that is closed and has this key. Not parsed: the rest of it is not asked.
bool is_object_with(std::string_view text, std::string_view key) {
  while (!text.empty() && ascii::is_space(text.back())) text.remove_suffix(1);
  return text.starts_with('{') && text.ends_with('}') && text.find(key) != std::string_view::npos;
}

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int digit = digit_of(c);
    if (digit < 0) break;
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
  }
  return out;
}

bool is_jwt(const Spot&, Match, std::string_view secret) {
  const std::size_t dot = secret.find('.');
  if (dot == std::string_view::npos) return false;
  const std::size_t second = std::min(secret.find('.', dot + 1), secret.size());
  const std::string header = decode_base64(secret.substr(0, dot));
  const std::string claims = decode_base64(secret.substr(dot + 1, second - dot - 1));
  return is_object_with(header, "\"alg\"") && claims.starts_with('{');
}

bool is_encoded_jwt(const Spot& spot, Match match, std::string_view secret) {
  const std::string once = decode_base64(secret);
  const std::size_t dot = once.find('.');
  return dot != std::string::npos &&
         is_object_with(decode_base64(once.substr(0, dot)), "\"alg\"") &&
         match.end <= spot.text.size();
}

bool is_no_sequence(const Spot&, Match, std::string_view secret) {
  return !is_sequence(secret);
}

bool is_encoded_login(const Spot&, Match, std::string_view secret) {
  const std::string login = decode_base64(secret);
  const std::size_t colon = login.find(':');
  const bool printable = std::all_of(login.begin(), login.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' && c != '\x7f';
  });
  return printable && colon != std::string::npos && colon + 1 < login.size() &&
         !is_placeholder(std::string_view(login).substr(colon + 1));
}

bool is_mixed(const Spot&, Match, std::string_view secret) {
  return std::any_of(secret.begin(), secret.end(), ascii::is_upper) &&
         std::any_of(secret.begin(), secret.end(), ascii::is_lower) &&
         std::any_of(secret.begin(), secret.end(), ascii::is_digit);
}

}  // namespace plimsoll::secret
