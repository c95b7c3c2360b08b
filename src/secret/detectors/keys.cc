#include "secret/detector.h"
#include "secret/finders.h"

namespace plimsoll::secret::detectors {
namespace {

/// Beside the type of key.
bool is_jwk(const Spot& spot, Match match, std::string_view) {
  constexpr std::size_t kFar = 2048;
  const std::size_t from = match.begin > kFar ? match.begin - kFar : 0;
  return spot.text.substr(from, 2 * kFar).find("\"kty\"") != std::string_view::npos;
}

constexpr Detector kDetectors[] = {
    {.id = "private-key",
     .title = "private key",
     .severity = Severity::kHigh,
     .aliases = "gitleaks:private-key trivy:private-key detect-secrets:private_key",
     .shape = Shape::kFound,
     .keywords = "-----BEGIN",
     .reach = 8192,
     .placeholders = true,
     .find = find_private_key,
     .rank = 3,
     .source = "https://www.rfc-editor.org/rfc/rfc7468"},
    {.id = "putty-private-key",
     .title = "PuTTY private key",
     .severity = Severity::kHigh,
     .shape = Shape::kFound,
     .keywords = "PuTTY-User-Key-File-",
     .reach = 8192,
     .placeholders = true,
     .find = find_putty_key,
     .source = "https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html"},
    {.id = "age-secret-key",
     .title = "age secret key",
     .severity = Severity::kHigh,
     .aliases = "gitleaks:age-secret-key trivy:age-secret-key",
     .shape = Shape::kToken,
     .keywords = "AGE-SECRET-KEY-1",
     .pattern = "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}",
     .placeholders = true,
     .source = "https://github.com/FiloSottile/age/blob/main/doc/age.1.ronn"},
    {.id = "wireguard-private-key",
     .title = "WireGuard private key",
     .severity = Severity::kHigh,
     .shape = Shape::kToken,
     .keywords = "PrivateKey",
     .pattern = R"re(PrivateKey\s{0,3}=\s{0,3}([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=))re",
     .group = 1,
     .entropy = 4.0,
     .source = "https://www.wireguard.com/quickstart/"},
    {.id = "jwk-private-key",
     .title = "private key of a JSON Web Key",
     .severity = Severity::kHigh,
     .shape = Shape::kToken,
     .keywords = "\"d\":",
     .pattern = R"re("d":\s{0,3}"([A-Za-z0-9_-]{43,900})")re",
     .group = 1,
     .entropy = 4.5,
     .left_edge = false,
     .right_edge = false,
     .check = is_jwk,
     .source = "https://www.rfc-editor.org/rfc/rfc7517"},
};

}  // namespace

const Family& keys() {
  static constexpr Family kFamily{"Private keys", kDetectors};
  return kFamily;
}

}  // namespace plimsoll::secret::detectors
