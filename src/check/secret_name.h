#pragma once

#include <cstdint>
#include <string_view>

namespace plimsoll {

/// What the name of a variable promises. Private to check/.
struct SecretName {
  enum class Strength : std::uint8_t {
    kNone,
    kInside,  ///< a secret word that something else follows: AUTH_SOMETHING. Only a shape convicts.
    kKey,     ///< ends in a plain key: GIT_KEY. Plain values are no secret.
    kStrong,  ///< ends in a secret word: DB_PASSWORD, API_KEY, SECRET_KEY_BASE
  };
  Strength strength = Strength::kNone;
  std::string_view kind;  ///< "password", "token", "secret", "key", "credentials"; static storage
};

/// Words end at '_', '-', '.' and where camelCase turns. No allocation.
[[nodiscard]] SecretName read_secret_name(std::string_view name);

}  // namespace plimsoll
