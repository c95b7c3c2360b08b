#include "core/package_url.h"

#include "core/ascii.h"

namespace plimsoll {
namespace {

int hex_value(char c) {
  if (ascii::is_digit(c)) return c - '0';
  return ascii::is_hex(c) ? ascii::to_lower(c) - 'a' + 10 : -1;
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_code = text[i] == '%' && text.size() - i > 2 && hex_value(text[i + 1]) >= 0 &&
                         hex_value(text[i + 2]) >= 0;
    if (is_code) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string percent_coded(std::string_view text, bool keep_slash) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (ascii::is_alnum(c) || ascii::contains(".-_~:", std::string_view(&c, 1)) ||
        (keep_slash && c == '/')) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
    }
  }
  return out;
}

std::string_view PackageUrl::qualifier(std::string_view key) const {
  for (const auto& [each, value] : qualifiers) {
    if (each == key) return value;
  }
  return {};
}

// Source: https://github.com/package-url/purl-spec, "How to parse a purl string".
std::optional<PackageUrl> parse_purl(std::string_view text) {
  constexpr std::string_view kScheme = "pkg:";
  if (!ascii::iequals(text.substr(0, kScheme.size()), kScheme)) return std::nullopt;
  text.remove_prefix(kScheme.size());
  while (text.starts_with('/')) text.remove_prefix(1);
  PackageUrl url;
  if (const std::size_t hash = text.rfind('#'); hash != std::string_view::npos) {
    url.subpath = percent_decoded(text.substr(hash + 1));
    text = text.substr(0, hash);
  }
  if (const std::size_t question = text.rfind('?'); question != std::string_view::npos) {
    for (const std::string_view pair : ascii::split(text.substr(question + 1), '&')) {
      const std::size_t equals = pair.find('=');
      if (equals == std::string_view::npos) continue;
      url.qualifiers.emplace_back(ascii::lower(pair.substr(0, equals)),
                                  percent_decoded(pair.substr(equals + 1)));
    }
    text = text.substr(0, question);
  }
  const std::size_t type_end = text.find('/');
  if (type_end == std::string_view::npos || type_end == 0) return std::nullopt;
  url.type = ascii::lower(text.substr(0, type_end));
  text.remove_prefix(type_end + 1);
  // Not the '@' of a scope that its writer left uncoded.
  if (const std::size_t at = text.rfind('@');
      at != std::string_view::npos && at > 0 && text[at - 1] != '/') {
    url.version = percent_decoded(text.substr(at + 1));
    text = text.substr(0, at);
  }
  while (text.ends_with('/')) text.remove_suffix(1);
  if (const std::size_t slash = text.rfind('/'); slash != std::string_view::npos) {
    url.space = percent_decoded(text.substr(0, slash));
    text.remove_prefix(slash + 1);
  }
  url.name = percent_decoded(text);
  if (url.name.empty()) return std::nullopt;
  return url;
}

}  // namespace plimsoll
