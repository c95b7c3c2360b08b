#pragma once

#include <string_view>

namespace plimsoll {

/// A secret that its own form gives away. Private to check/.
struct SecretFormat {
  std::string_view kind;  ///< "GitHub token"; "" when none was found; static storage
  std::string_view text;  ///< view into the value: the secret itself
};

/// The first token of a known issuer, JSON web token or private key in `value`, or none.
[[nodiscard]] SecretFormat find_secret_format(std::string_view value);

/// The password in user:password@host of the first URL that has one, or "".
[[nodiscard]] std::string_view password_in_url(std::string_view text);

/// The password or key in "Server=…;Password=…" (ADO.NET, Azure storage), or "".
[[nodiscard]] std::string_view password_in_connection_string(std::string_view text);

}  // namespace plimsoll
