#include "check/secret_value.h"

#include <algorithm>
#include <cstddef>

#include "check/literal_value.h"
#include "check/secret_format.h"
#include "check/secret_name.h"
#include "core/ascii.h"

namespace plimsoll {
namespace {

using Strength = SecretName::Strength;

constexpr std::string_view kConnectionString = "connection string";

/// A literal that something else (a format, a URL) has marked as a secret already.
SecretVerdict verdict_of(LiteralKind literal) {
  switch (literal) {
    case LiteralKind::kEmpty:
    case LiteralKind::kReference: return SecretVerdict::kNo;
    case LiteralKind::kPlaceholder: return SecretVerdict::kPlaceholder;
    case LiteralKind::kWellKnown:
    case LiteralKind::kTestWord: return SecretVerdict::kDefaultPassword;
    case LiteralKind::kElsewhere:
    case LiteralKind::kSetting:
    case LiteralKind::kOpaque: return SecretVerdict::kSecret;
  }
  return SecretVerdict::kSecret;
}

SecretJudgement judge_by_format(std::string_view value) {
  if (const SecretFormat found = find_secret_format(value); !found.kind.empty()) {
    const bool sample = read_literal(found.text) == LiteralKind::kPlaceholder ||
                        ascii::icontains(found.text, "example");
    return {sample ? SecretVerdict::kPlaceholder : SecretVerdict::kSecret, found.kind};
  }
  for (const std::string_view password :
       {password_in_url(value), password_in_connection_string(value)}) {
    const SecretVerdict verdict = verdict_of(read_literal(password));
    if (verdict != SecretVerdict::kNo) return {verdict, kConnectionString};
  }
  return {};
}

/// Words such as "test" are weak passwords, but no token anybody was ever given.
SecretVerdict verdict_of_test_word(std::string_view kind) {
  return kind == "password" ? SecretVerdict::kDefaultPassword : SecretVerdict::kPlaceholder;
}

bool is_short_word(std::string_view value) {
  constexpr std::size_t kShort = 12;
  return value.size() < kShort && std::all_of(value.begin(), value.end(), ascii::is_lower);
}

/// A value behind a name that says password, token, …
SecretVerdict judge_strong(std::string_view kind, std::string_view value) {
  if (kind == "credentials" && is_auth_mode(value)) return SecretVerdict::kNo;
  switch (read_literal(value)) {
    case LiteralKind::kEmpty:
    case LiteralKind::kReference: return SecretVerdict::kNameOnly;
    case LiteralKind::kElsewhere:
    case LiteralKind::kSetting: return SecretVerdict::kNo;
    case LiteralKind::kPlaceholder: return SecretVerdict::kPlaceholder;
    case LiteralKind::kTestWord: return verdict_of_test_word(kind);
    case LiteralKind::kWellKnown: return SecretVerdict::kDefaultPassword;
    case LiteralKind::kOpaque: break;
  }
  if (kind != "token" && kind != "key") return SecretVerdict::kSecret;
  if (ascii::is_number(value)) return SecretVerdict::kNo;
  // Issuers give out long strings; "sentry" is what people write where one must be set.
  return is_short_word(value) ? SecretVerdict::kPlaceholder : SecretVerdict::kSecret;
}

/// A value behind a name that ends in a plain "key": most are no secret at all.
SecretVerdict judge_key(std::string_view value) {
  switch (read_literal(value)) {
    case LiteralKind::kEmpty: return SecretVerdict::kNameOnly;
    case LiteralKind::kReference:
    case LiteralKind::kElsewhere:
    case LiteralKind::kSetting: return SecretVerdict::kNo;
    case LiteralKind::kPlaceholder: return SecretVerdict::kPlaceholder;
    case LiteralKind::kTestWord:
    case LiteralKind::kWellKnown: return SecretVerdict::kNameOnly;
    case LiteralKind::kOpaque: break;
  }
  if (is_fingerprint(value)) return SecretVerdict::kNo;
  return looks_random(value) ? SecretVerdict::kSecret : SecretVerdict::kNameOnly;
}

SecretVerdict judge_by_name(const SecretName& name, std::string_view value) {
  switch (name.strength) {
    case Strength::kStrong: return judge_strong(name.kind, value);
    case Strength::kKey: return judge_key(value);
    case Strength::kInside:
      return read_literal(value) == LiteralKind::kOpaque && !is_fingerprint(value) &&
                     looks_random(value)
                 ? SecretVerdict::kSecret
                 : SecretVerdict::kNo;
    case Strength::kNone: break;
  }
  return SecretVerdict::kNo;
}

bool is_printable_ascii(char c) {
  return c > ' ' && c <= '~';
}

}  // namespace

std::string_view to_string(SecretVerdict verdict) {
  switch (verdict) {
    case SecretVerdict::kNo: return "no";
    case SecretVerdict::kNameOnly: return "name only";
    case SecretVerdict::kPlaceholder: return "placeholder";
    case SecretVerdict::kDefaultPassword: return "default password";
    case SecretVerdict::kSecret: return "secret";
  }
  return "no";
}

SecretJudgement judge_secret(std::string_view name, std::string_view value) {
  value = literal_of(value);
  if (const SecretJudgement found = judge_by_format(value); !found.kind.empty()) return found;
  const SecretName promise = read_secret_name(name);
  const SecretVerdict verdict = judge_by_name(promise, value);
  if (verdict == SecretVerdict::kNo) return {};
  return {verdict, promise.kind};
}

bool url_has_credentials(std::string_view text) {
  const LiteralKind literal = read_literal(password_in_url(text));
  return literal != LiteralKind::kEmpty && literal != LiteralKind::kReference;
}

std::string redact(std::string_view value) {
  constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
  constexpr std::size_t kLong = 16;
  constexpr std::size_t kShown = 2;
  std::string out;
  const std::string_view start = value.substr(0, kShown);
  // Bytes of a terminal's escape or half a letter are not worth showing.
  const bool show =
      value.size() >= kLong && is_printable_ascii(start[0]) && is_printable_ascii(start[1]);
  if (show) out = start;
  out += kEllipsis;
  return out;
}

}  // namespace plimsoll
