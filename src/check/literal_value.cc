#include "check/literal_value.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <span>

#include "core/ascii.h"

namespace plimsoll {
namespace {

constexpr std::string_view kSettings[] = {
    "true", "false",    "yes",     "no",       "on",     "off",       "none",  "null",
    "nil",  "disabled", "enabled", "disable",  "enable", "undefined", "auto",  "optional",
    "0",    "1",        "default", "required", "-",      "always",    "never",
};

constexpr std::string_view kTestWords[] = {
    "test",  "tests", "testing", "dummy", "fake", "foo",  "bar",    "baz",   "foobar",    "key",
    "token", "x",     "xx",      "xxx",   "abc",  "abcd", "string", "value", "somevalue", "key1",
};

/// Compared without case, separators and digits at the end.
constexpr std::string_view kWellKnown[] = {
    "admin",      "adminadmin", "administrator", "airflow",  "alpine",
    "backup",     "cassandra",  "changeit",      "changeme", "changethis",
    "clickhouse", "db",         "demo",          "dev",      "development",
    "docker",     "elastic",    "example",       "grafana",  "guest",
    "hunter",     "influx",     "influxdb",      "jenkins",  "keycloak",
    "kibana",     "letmein",    "local",         "manager",  "mariadb",
    "master",     "minio",      "minioadmin",    "mongo",    "mongodb",
    "mypass",     "mypassword", "mysecret",      "mysql",    "neo4j",
    "nextcloud",  "oracle",     "p@ssw0rd",      "p@ssword", "pass",
    "passw0rd",   "passwd",     "password",      "postgres", "postgresql",
    "pw",         "pwd",        "qwerty",        "rabbitmq", "redis",
    "root",       "rootpass",   "rootroot",      "s3cr3t",   "s3cret",
    "sa",         "secret",     "sonar",         "super",    "supersecret",
    "symfony",    "system",     "tomcat",        "toor",     "user",
    "vagrant",    "welcome",    "wordpress",     "zabbix",
};

/// A value of plain words with one of these is known to whoever reads manuals.
constexpr std::string_view kGivenAway[] = {"password", "passwd",  "passwort", "changeme",
                                           "changeit", "example", "secret",   "secured"};
constexpr std::string_view kGivenAwayEndings[] = {"pass", "pw", "pwd"};

constexpr std::string_view kPlaceholders[] = {
    "placeholder", "replace",      "redacted",  "xxxx",     "****",       "your_",    "your-",
    "yourpass",    "your ",        "yourtoken", "yourkey",  "yoursecret", "fixme",    "insert",
    "choose",      "_here",        "-here",     "goeshere", "dummy",      "fake_",    "fake-",
    "...",         "sample",       "setme",     "set_me",   "set-me",     "fill_",    "fill-",
    "enter_",      "enter-",       "to-be-",    "unused",   "notused",    "generate", "keyhere",
    "tokenhere",   "passwordhere",
};

constexpr std::string_view kElsewherePrefixes[] = {
    "./", "../", "~/", "arn:", "vault:", "ssm:", "sm:", "file:", "env:", "ENC[", "secret:", "op:",
};
constexpr std::string_view kFileEndings[] = {
    ".pem",  ".key", ".crt", ".cer", ".json", ".txt",  ".p12", ".pfx",  ".jks", ".yml",
    ".yaml", ".env", ".pub", ".asc", ".gpg",  ".conf", ".ini", ".toml", ".sh",
};

constexpr std::string_view kAuthModes[] = {
    "anonymous", "basic",  "bearer", "cert",          "certificate", "cookie", "cram-md5",
    "db",        "digest", "header", "htpasswd",      "http",        "jwt",    "kerberos",
    "krb5",      "ldap",   "local",  "login",         "md5",         "mtls",   "native",
    "ntlm",      "oauth",  "oauth2", "oidc",          "openid",      "pam",    "plain",
    "proxy",     "public", "saml",   "scram-sha-256", "session",     "simple", "tls",
    "token",     "trust",  "x509",   "xoauth2",
};

constexpr std::size_t kLongestWords = 48;  // a value of plain words is no longer

bool is_one_of(std::string_view value, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [value](std::string_view word) { return ascii::iequals(value, word); });
}

bool holds_one_of(std::string_view value, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [value](std::string_view word) { return ascii::icontains(value, word); });
}

bool ends_with_one_of(std::string_view value, std::span<const std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [value](std::string_view ending) {
    return value.size() > ending.size() &&
           ascii::iequals(value.substr(value.size() - ending.size()), ending);
  });
}

/// The stored hash of a password ("$2y$…", "$argon2id$…") starts as a reference would.
bool is_crypt_hash(std::string_view value) {
  constexpr std::string_view kSchemes[] = {"$1$", "$2a$", "$2b$",    "$2y$",
                                           "$5$", "$6$",  "$argon2", "$apr1$"};
  return std::any_of(std::begin(kSchemes), std::end(kSchemes),
                     [value](std::string_view scheme) { return value.starts_with(scheme); });
}

bool holds_reference(std::string_view value) {
  if (is_crypt_hash(value)) return false;
  for (std::size_t i = 0; i + 1 < value.size(); ++i) {
    const char c = value[i];
    const char next = value[i + 1];
    if (c == '$' && (ascii::is_name_start(next) || next == '{' || next == '(')) return true;
    if (c == '{' && next == '{') return true;
  }
  const bool batch = value.size() > 2 && value.front() == '%' && value.back() == '%';
  return batch || value.starts_with("@@") || value.starts_with('`');
}

bool is_path(std::string_view value) {
  if (value.find_first_of(" \t\n") != std::string_view::npos) return false;
  if (value.starts_with('/')) {
    // Base64 may start with a slash as well, but then holds what paths hardly do.
    return value.find_first_of("+=") == std::string_view::npos && value.size() < 256;
  }
  const bool drive = value.size() > 2 && ascii::is_alpha(value[0]) && value[1] == ':' &&
                     (value[2] == '\\' || value[2] == '/');
  return drive || ends_with_one_of(value, kFileEndings);
}

bool is_elsewhere(std::string_view value) {
  const bool prefixed =
      std::any_of(std::begin(kElsewherePrefixes), std::end(kElsewherePrefixes),
                  [value](std::string_view prefix) { return value.starts_with(prefix); });
  return prefixed || ascii::contains(value, "://") || is_path(value);
}

bool is_placeholder(std::string_view value) {
  if (value.front() == '<' && value.back() == '>') return true;
  if (value.front() == '[' && value.back() == ']') return true;
  if (is_one_of(value, std::array<std::string_view, 4>{"todo", "tbd", "unset", "empty"}))
    return true;
  return value.size() <= kLongestWords * 2 && holds_one_of(value, kPlaceholders);
}

/// Letters with separators, digits in one or two places: words rather than a generated string.
bool is_words(std::string_view value) {
  if (value.size() > kLongestWords) return false;
  std::size_t turns = 0;
  for (std::size_t i = 1; i < value.size(); ++i) {
    if (ascii::is_digit(value[i]) != ascii::is_digit(value[i - 1])) ++turns;
  }
  return turns <= 3;
}

bool is_one_character(std::string_view value) {
  return value.find_first_not_of(value.front()) == std::string_view::npos;
}

bool is_counting(std::string_view value) {
  constexpr std::string_view kUp = "0123456789012345678901234567890";
  constexpr std::string_view kDown = "98765432109876543210";
  return ascii::contains(kUp, value) || ascii::contains(kDown, value);
}

/// "Admin_123!" and "admin" are one: letters and digits only, lower case, digits at the end gone.
/// @return the number of bytes written to `out`; 0 when the value is longer
std::size_t simplify(std::string_view value, std::array<char, kLongestWords>& out) {
  if (value.size() > out.size()) return 0;
  std::size_t size = 0;
  for (const char c : value) {
    if (ascii::is_alnum(c) || c == '@') out[size++] = ascii::to_lower(c);
  }
  while (size > 0 && ascii::is_digit(out[size - 1])) --size;
  return size;
}

bool is_well_known(std::string_view value) {
  if (is_one_character(value) || is_counting(value)) return true;
  std::array<char, kLongestWords> buffer{};
  const std::string_view simple(buffer.data(), simplify(value, buffer));
  if (simple.starts_with("change")) return true;  // changeme, change-this-to-…
  if (!simple.empty() && is_one_of(simple, kWellKnown)) return true;
  if (!is_words(value)) return false;
  return holds_one_of(value, kGivenAway) || ends_with_one_of(value, kGivenAwayEndings);
}

bool is_quote(char c) {
  return c == '"' || c == '\'';
}

/// The default in "${X:-default}" or "${X-default}". Nothing when there is none.
bool unwrap_default(std::string_view& value) {
  if (!value.starts_with("${") || !value.ends_with('}')) return false;
  std::size_t at = 2;
  while (at < value.size() && ascii::is_name(value[at])) ++at;
  const std::string_view rest = value.substr(at, value.size() - 1 - at);
  if (at == 2 || rest.empty()) return false;
  const std::size_t skip = rest.starts_with(":-") ? 2 : rest.starts_with('-') ? 1 : 0;
  if (skip == 0) return false;
  // In "${A:-x}${B}" the last brace closes another reference.
  const std::string_view inner = rest.substr(skip);
  if (!inner.starts_with("${") && ascii::contains(inner, "}")) return false;
  value = inner;
  return true;
}

double bits_per_character(std::string_view value) {
  std::array<std::size_t, 256> counts{};
  for (const char c : value) ++counts[static_cast<unsigned char>(c)];
  double bits = 0;
  const auto size = static_cast<double>(value.size());
  for (const std::size_t count : counts) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / size;
    bits -= share * std::log2(share);
  }
  return bits;
}

bool is_key_character(char c) {
  return ascii::is_alnum(c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_';
}

}  // namespace

std::string_view literal_of(std::string_view value) {
  value = ascii::trim(value);
  for (;;) {
    if (value.size() >= 2 && is_quote(value.front()) && value.front() == value.back()) {
      value = value.substr(1, value.size() - 2);
    } else if (!unwrap_default(value)) {
      return value;
    }
  }
}

LiteralKind read_literal(std::string_view value) {
  if (value.empty()) return LiteralKind::kEmpty;
  if (holds_reference(value)) return LiteralKind::kReference;
  if (is_one_of(value, kSettings)) return LiteralKind::kSetting;
  if (is_elsewhere(value)) return LiteralKind::kElsewhere;
  if (is_one_of(value, kTestWords)) return LiteralKind::kTestWord;
  if (is_placeholder(value)) return LiteralKind::kPlaceholder;
  if (is_well_known(value)) return LiteralKind::kWellKnown;
  return LiteralKind::kOpaque;
}

bool is_auth_mode(std::string_view value) {
  return is_one_of(value, kAuthModes);
}

bool is_fingerprint(std::string_view value) {
  constexpr std::size_t kLongId = 16;
  std::size_t digits = 0;
  for (const char c : value) {
    if (ascii::is_digit(c) || (c >= 'A' && c <= 'F')) {
      ++digits;
    } else if (!ascii::is_space(c)) {
      return false;
    }
  }
  return digits >= kLongId;
}

bool looks_random(std::string_view value) {
  constexpr std::size_t kShortest = 16;
  constexpr std::size_t kLongest = 512;
  constexpr double kHexBits = 3.0;  // 4 at best; ordinary words of this length stay below
  if (value.size() < kShortest || value.size() > kLongest) return false;
  if (!std::all_of(value.begin(), value.end(), is_key_character)) return false;
  const bool has_digit = std::any_of(value.begin(), value.end(), ascii::is_digit);
  const bool has_letter = std::any_of(value.begin(), value.end(), ascii::is_alpha);
  return has_digit && has_letter && !is_words(value) && bits_per_character(value) >= kHexBits;
}

}  // namespace plimsoll
