#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll {

enum class SecretVerdict : std::uint8_t {
  kNo,
  /// The name promises a secret, but no literal one is there: no value, a reference to a variable,
  /// or a value too plain for a key. What BuildKit's SecretsUsedInArgOrEnv warns of all the same.
  kNameOnly,
  kPlaceholder,      ///< "<your token>", "REPLACE_ME", "xxxx": to be filled in by somebody
  kDefaultPassword,  ///< would work, and everybody knows it: "postgres", "changeme", "my-secret-pw"
  kSecret,
};
[[nodiscard]] std::string_view to_string(SecretVerdict verdict);

struct SecretJudgement {
  SecretVerdict verdict = SecretVerdict::kNo;
  /// What kind of secret: "password", "GitHub token", "private key", "connection string". Static
  /// storage, never a part of the value. "" exactly when the verdict is kNo.
  std::string_view kind;
};

/// Is NAME=value of ENV, ARG or `environment:` a literal secret? The name's words and the value's
/// shape are asked; formats such as ghp_… or a private key count under any name. Pass "" for a
/// value that is absent. Of ${X:-default} the default is judged. Never allocates; linear time.
[[nodiscard]] SecretJudgement judge_secret(std::string_view name, std::string_view value);

/// Whether some URL in `text` has a literal password: "https://user:pass@host". Not when it is a
/// reference ($X), and not for a user alone.
[[nodiscard]] bool url_has_credentials(std::string_view text);

/// For messages: "…", behind the first two characters when the value is long enough for these to
/// give nothing away.
[[nodiscard]] std::string redact(std::string_view value);

}  // namespace plimsoll
