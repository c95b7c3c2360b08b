#include "check/secret_name.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "core/ascii.h"

namespace plimsoll {
namespace {

using Strength = SecretName::Strength;

constexpr std::string_view kPassword = "password";
constexpr std::string_view kToken = "token";
constexpr std::string_view kSecret = "secret";
constexpr std::string_view kKey = "key";
constexpr std::string_view kCredentials = "credentials";

struct SecretWord {
  std::string_view word;
  std::string_view kind;
  Strength strength = Strength::kStrong;  // as the last word
};

constexpr SecretWord kSecretWords[] = {
    {"auth", kCredentials},
    {"basicauth", kCredentials},
    {"cred", kCredentials},
    {"credential", kCredentials},
    {"credentials", kCredentials},
    {"creds", kCredentials},
    {"dbpass", kPassword},
    {"key", kKey, Strength::kKey},
    {"keys", kKey, Strength::kInside},
    {"pass", kPassword},
    {"passwords", kPassword},
    {"psw", kPassword},
    {"pswd", kPassword},
    {"pwd", kPassword},
    {"pword", kPassword},
    {"rootpass", kPassword},
    {"salt", kKey, Strength::kKey},
    {"secrets", kSecret, Strength::kInside},
    {"tokens", kToken, Strength::kInside},
    {"userpass", kPassword},
};

/// Words that also end longer ones which nobody split: AUTHTOKEN, SYSPASSWORD, clientsecret.
constexpr SecretWord kSecretEndings[] = {
    {"accesskey", kKey},       {"apikey", kKey},        {"authkey", kKey},
    {"passphrase", kPassword}, {"passwd", kPassword},   {"password", kPassword},
    {"privatekey", kKey},      {"secret", kSecret},     {"secretkey", kKey},
    {"token", kToken},         {"encryptionkey", kKey},
};

/// Before "key" these make it one that must be kept: AWS_SECRET_ACCESS_KEY.
constexpr std::string_view kKeptKeys[] = {
    "access", "account", "api",     "auth",    "deploy", "encryption", "hmac",
    "jwt",    "master",  "private", "priv",    "root",   "secret",     "session",
    "shared", "storage", "admin",   "webhook", "cipher", "crypt",      "encrypt",
};

/// Anywhere before "key" or "token" these make it public, or a key of another sort.
constexpr std::string_view kOpenKeys[] = {
    "pub",       "public",  "publishable", "gpg",     "pgp",      "apt",      "rpm",
    "repo",      "host",    "cache",       "sort",    "primary",  "foreign",  "part",
    "partition", "routing", "row",         "index",   "group",    "object",   "bucket",
    "hot",       "hash",    "dnskey",      "release", "releases", "minisign",
};

/// Names with one of these are switches, numbers or about something else.
constexpr std::string_view kInnocent[] = {
    "allow",   "disable", "disabled", "enable", "enabled", "generate", "has",     "hide",
    "install", "max",     "min",      "no",     "num",     "random",   "require", "required",
    "show",    "skip",    "use",      "with",   "without", "ask",
};

/// As the last word these say that the secret itself is elsewhere, or what it is like.
constexpr std::string_view kAbout[] = {
    "addr",     "address",  "age",       "alg",      "algorithm", "alias",       "arn",
    "attempts", "audience", "backend",   "bits",     "checksum",  "class",       "count",
    "debug",    "dir",      "directory", "domain",   "duration",  "email",       "encoding",
    "endpoint", "engine",   "env",       "exp",      "expire",    "expires",     "expiration",
    "expiry",   "field",    "file",      "filename", "files",     "fingerprint", "folder",
    "format",   "group",    "header",    "helper",   "hint",      "host",        "hostname",
    "id",       "interval", "ip",        "issuer",   "keyring",   "label",       "length",
    "level",    "lifetime", "limit",     "location", "login",     "message",     "method",
    "mode",     "module",   "name",      "names",    "namespace", "param",       "path",
    "period",   "plugin",   "policy",    "port",     "prefix",    "profile",     "prompt",
    "provider", "realm",    "ref",       "region",   "regex",     "role",        "roles",
    "rotation", "rounds",   "scheme",    "scope",    "scopes",    "server",      "service",
    "sha",      "sha1",     "sha256",    "sha512",   "size",      "source",      "store",
    "strategy", "strength", "suffix",    "through",  "timeout",   "ttl",         "type",
    "uri",      "url",      "user",      "username", "validity",  "version",     "volume",
};

/// After a secret word these leave it the head: SECRET_KEY_BASE, PASSWORD_HASH, TOKEN_PROD.
constexpr std::string_view kAfterHead[] = {
    "base", "default", "dev",        "hash",    "local", "old",
    "new",  "prod",    "production", "staging", "test",  "value",
};

constexpr std::size_t kMaxWords = 16;  // of a longer name the last ones are read

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [word](std::string_view other) { return ascii::iequals(word, other); });
}

bool iends_with(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() &&
         ascii::iequals(text.substr(text.size() - ending.size()), ending);
}

/// How every secret word, or its end, starts. The first two letters decide nearly always.
constexpr std::string_view kStems[] = {"pass", "psw",  "pswd",   "pwd",   "pword", "key",
                                       "cred", "auth", "secret", "token", "salt"};

constexpr std::uint16_t pair_of(char first, char second) {
  return static_cast<std::uint16_t>((static_cast<unsigned char>(ascii::to_lower(first)) << 8U) |
                                    static_cast<unsigned char>(ascii::to_lower(second)));
}

constexpr bool starts_stem(std::uint16_t pair) {
  switch (pair) {
    case pair_of('p', 'a'):
    case pair_of('p', 's'):
    case pair_of('p', 'w'):
    case pair_of('k', 'e'):
    case pair_of('c', 'r'):
    case pair_of('a', 'u'):
    case pair_of('s', 'e'):
    case pair_of('t', 'o'):
    case pair_of('s', 'a'): return true;
    default: return false;
  }
}

/// Whether any secret word can be in the name at all; nearly all names end here.
bool may_hold_secret_word(std::string_view name) {
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    if (!starts_stem(pair_of(name[i], name[i + 1]))) continue;
    for (const std::string_view stem : kStems) {
      if (ascii::iequals(name.substr(i, stem.size()), stem)) return true;
    }
  }
  return false;
}

/// Words from last to first.
class Words {
 public:
  explicit Words(std::string_view name) {
    while (!name.empty() && count_ < kMaxWords) {
      const std::size_t begin = last_word(name);
      const std::string_view word = name.substr(begin);
      if (!word.empty()) words_[count_++] = word;
      name = name.substr(0, begin);
      if (!name.empty() && is_separator(name.back())) name.remove_suffix(1);
    }
  }
  [[nodiscard]] std::span<const std::string_view> from_last() const {
    return std::span(words_).first(count_);
  }

 private:
  static bool is_separator(char c) { return c == '_' || c == '-' || c == '.'; }

  /// Where camelCase turns before `i`: aB, or the B of ABc.
  static bool turns(std::string_view name, std::size_t i) {
    if (!ascii::is_upper(name[i])) return false;
    if (ascii::is_lower(name[i - 1])) return true;
    return ascii::is_upper(name[i - 1]) && i + 1 < name.size() && ascii::is_lower(name[i + 1]);
  }

  static std::size_t last_word(std::string_view name) {
    std::size_t begin = name.size();
    while (begin > 0 && !is_separator(name[begin - 1])) {
      --begin;
      if (begin > 0 && turns(name, begin)) break;
    }
    return begin;
  }

  std::array<std::string_view, kMaxWords> words_;
  std::size_t count_ = 0;
};

/// PASSWORD2 is a password.
std::string_view without_number(std::string_view word) {
  while (!word.empty() && ascii::is_digit(word.back())) word.remove_suffix(1);
  return word;
}

const SecretWord* find_secret_word(std::string_view word) {
  word = without_number(word);
  for (const SecretWord& secret : kSecretWords) {
    if (ascii::iequals(word, secret.word)) return &secret;
  }
  for (const SecretWord& secret : kSecretEndings) {
    if (iends_with(word, secret.word)) return &secret;
  }
  return nullptr;
}

bool is_modifier(std::string_view word) {
  return ascii::is_number(word) || is_one_of(word, kAfterHead);
}

bool any_of_is(std::span<const std::string_view> words, std::span<const std::string_view> known) {
  return std::any_of(words.begin(), words.end(),
                     [known](std::string_view word) { return is_one_of(word, known); });
}

/// `before` are the words in front of the key, nearest first.
SecretName judge_key(std::span<const std::string_view> before) {
  if (!before.empty() && is_one_of(before.front(), kKeptKeys)) return {Strength::kStrong, kKey};
  if (any_of_is(before, kOpenKeys)) return {};
  return {Strength::kKey, kKey};
}

/// AWS_ACCESS_KEY_ID: an identifier, yet people guard it; a real one shows by its AKIA.
bool is_access_key_id(std::span<const std::string_view> words) {
  return words.size() >= 3 && ascii::iequals(words[0], "id") && ascii::iequals(words[1], "key") &&
         ascii::iequals(words[2], "access");
}

SecretName judge_inside(std::span<const std::string_view> words) {
  for (const std::string_view word : words) {
    if (const SecretWord* secret = find_secret_word(word)) {
      return {Strength::kInside, secret->kind};
    }
  }
  return {};
}

}  // namespace

SecretName read_secret_name(std::string_view name) {
  if (!may_hold_secret_word(name)) return {};
  const Words split(name);
  std::span<const std::string_view> words = split.from_last();
  if (words.empty() || any_of_is(words, kInnocent)) return {};
  if (is_access_key_id(words)) return {Strength::kKey, kKey};

  while (words.size() > 1 && is_modifier(words.front())) words = words.subspan(1);
  const std::string_view head = words.front();
  const std::span<const std::string_view> before = words.subspan(1);
  const SecretWord* secret = find_secret_word(head);
  if (secret == nullptr) return is_one_of(head, kAbout) ? SecretName{} : judge_inside(before);

  if (ascii::iequals(without_number(head), kKey)) return judge_key(before);
  const bool may_be_open = secret->kind == kKey || secret->kind == kToken;
  if (may_be_open && any_of_is(before, kOpenKeys)) return {};
  // PWD alone is the working directory.
  if (before.empty() && ascii::iequals(head, "pwd")) return {};
  return {secret->strength, secret->kind};
}

}  // namespace plimsoll
