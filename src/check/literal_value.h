#pragma once

#include <cstdint>
#include <string_view>

namespace plimsoll {

/// What a value is, when its name has promised a secret. Private to check/.
enum class LiteralKind : std::uint8_t {
  kEmpty,
  kReference,    ///< holds $X, ${X}, $(…), {{ … }}, %X%: filled in later
  kElsewhere,    ///< a path, a URL without password, a vault's address: says where the secret is
  kSetting,      ///< true, none, disabled, …
  kPlaceholder,  ///< "<token>", "replace-me", "xxxx"
  kTestWord,     ///< "test", "dummy", "foo"
  kWellKnown,    ///< "postgres", "changeme", "my-secret-pw"
  kOpaque,       ///< anything else
};
[[nodiscard]] LiteralKind read_literal(std::string_view value);

/// Without quotes around it; of ${X:-default} the default, through as many levels as there are.
[[nodiscard]] std::string_view literal_of(std::string_view value);

/// "basic", "oidc": a way to authenticate and not the credentials for it.
[[nodiscard]] bool is_auth_mode(std::string_view value);
/// OpenPGP fingerprints or long key ids, blank separated: upper-case hexadecimal.
[[nodiscard]] bool is_fingerprint(std::string_view value);
/// One long word of letters and digits whose characters hardly repeat, as generated keys are.
[[nodiscard]] bool looks_random(std::string_view value);

}  // namespace plimsoll
