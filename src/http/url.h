#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::http {

/// An http or https URL. Who names it may be hostile: no name and password in it, no fragment.
struct Url {
  bool secure = true;
  std::string host;  ///< lower case; an IPv6 address in brackets
  std::uint16_t port = 443;
  std::string target;  ///< path and query, starts with '/'

  [[nodiscard]] std::string to_string() const;
  /// Scheme, host and port: what credentials are bound to.
  [[nodiscard]] bool same_origin(const Url& other) const;
};

/// Nothing for another scheme, for a user or password, and for bytes that no URL may have.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);
/// What a Location header means at `base` (RFC 3986 §5.2).
[[nodiscard]] std::optional<Url> resolve(const Url& base, std::string_view location);
/// "a%2Fb" of "a/b".
[[nodiscard]] std::string escape_query(std::string_view text);
/// "localhost" and what ends so, 127.0.0.0/8, [::1]. @param host  without port
[[nodiscard]] bool is_loopback(std::string_view host);

}  // namespace plimsoll::http
