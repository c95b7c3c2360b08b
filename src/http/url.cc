#include "http/url.h"

#include <algorithm>
#include <charconv>

#include "core/ascii.h"

namespace plimsoll::http {
namespace {

constexpr std::size_t kLongest = 8192;

bool is_clean(std::string_view text) {
  return text.size() <= kLongest && std::all_of(text.begin(), text.end(), [](char c) {
           return c > ' ' && c < 0x7F && c != '\\' && c != '"' && c != '<' && c != '>';
         });
}

bool is_host(std::string_view host) {
  if (host.starts_with('[')) {
    host = host.substr(1);
    if (!host.ends_with(']')) return false;
    host.remove_suffix(1);
    return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
      return ascii::is_hex(c) || c == ':' || c == '.';
    });
  }
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    return ascii::is_alnum(c) || c == '.' || c == '-' || c == '_';
  });
}

/// "host:port" into `url`.
bool read_authority(std::string_view authority, Url& url) {
  url.port = url.secure ? 443 : 80;
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    const std::string_view digits = authority.substr(colon + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
    if (error != std::errc() || end != digits.data() + digits.size() || url.port == 0) return false;
    authority = authority.substr(0, colon);
  }
  url.host = ascii::lower(authority);
  return is_host(url.host);
}

}  // namespace

std::string Url::to_string() const {
  std::string text = (secure ? "https://" : "http://") + host;
  if (port != (secure ? 443 : 80)) text += ':' + std::to_string(port);
  return text + target;
}

bool Url::same_origin(const Url& other) const {
  return secure == other.secure && host == other.host && port == other.port;
}

std::optional<Url> parse_url(std::string_view text) {
  if (!is_clean(text)) return std::nullopt;
  Url url;
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string scheme = ascii::lower(text.substr(0, colon));
  if (scheme != "https" && scheme != "http") return std::nullopt;
  url.secure = scheme == "https";
  text.remove_prefix(colon + 3);
  text = text.substr(0, text.find('#'));
  const std::size_t path = text.find_first_of("/?");
  if (!read_authority(text.substr(0, path), url)) return std::nullopt;
  url.target = path == std::string_view::npos ? "" : std::string(text.substr(path));
  if (!url.target.starts_with('/')) url.target.insert(0, 1, '/');
  return url;
}

std::optional<Url> resolve(const Url& base, std::string_view location) {
  if (!is_clean(location) || location.empty()) return std::nullopt;
  if (location.starts_with("//")) {
    return parse_url((base.secure ? "https:" : "http:") + std::string(location));
  }
  const std::size_t colon = location.find(':');
  if (colon < location.find_first_of("/?#")) return parse_url(location);
  Url url = base;
  location = location.substr(0, location.find('#'));
  if (location.starts_with('/')) {
    url.target = location;
    return url;
  }
  const std::string_view path = std::string_view(base.target).substr(0, base.target.find('?'));
  if (location.starts_with('?')) {
    url.target = std::string(path) + std::string(location);
  } else {
    url.target = std::string(path.substr(0, path.rfind('/') + 1)) + std::string(location);
  }
  return url;
}

std::string escape_query(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string escaped;
  for (const char c : text) {
    if (ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      escaped += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    escaped += {'%', kHex[byte >> 4U], kHex[byte & 0xFU]};
  }
  return escaped;
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host.ends_with(".localhost") || host == "[::1]") return true;
  // Four numbers: "127.example.org" is somebody's name.
  const auto parts = ascii::split(host, '.');
  return parts.size() == 4 && parts[0] == "127" &&
         std::all_of(parts.begin(), parts.end(),
                     [](std::string_view part) { return ascii::is_number(part); });
}

}  // namespace plimsoll::http
