#include <algorithm>
#include <string>

#include "core/ascii.h"
#include "secret/assignment.h"
#include "secret/finders.h"
#include "secret/value.h"

namespace plimsoll::secret {
namespace {

constexpr std::size_t kShortest = 10;
constexpr std::size_t kLongest = 150;
constexpr double kRandom = 3.5;

/// Names that have a word for secrets in them and hold none: in lower case, without separators.
constexpr std::string_view kHarmlessNames[] = {
    "accessibility",   "accessor",
    "accessid",        "accesskeyid",
    "accesslevel",     "accesslog",
    "accessmode",      "accesstime",
    "apiid",           "apiname",
    "apiversion",      "apiurl",
    "apiendpoint",     "apigroup",
    "rapid",           "capital",
    "author",          "authsource",
    "authmethod",      "authtype",
    "authurl",         "authhost",
    "authority",       "authenticationresults",
    "credentialid",    "credentialsid",
    "credentialsurl",  "credentialsendpoint",
    "withcredentials", "clientid",
    "bucketkey",       "foreignkey",
    "hotkey",          "idxkey",
    "naturalkey",      "primarykey",
    "publickey",       "pubkey",
    "schemakey",       "sequencekey",
    "partitionkey",    "sortkey",
    "cachekey",        "hashkey",
    "turkey",          "keyalias",
    "keyboard",        "keycode",
    "keyframe",        "keyid",
    "keylength",       "keymesh",
    "keyname",         "keypair",
    "keypress",        "keyring",
    "keyselector",     "keysignature",
    "keysize",         "keystone",
    "keystoretype",    "keystorefile",
    "keystorepath",    "keytabfile",
    "keytabpath",      "keyword",
    "keyup",           "keydown",
    "keyleft",         "keyright",
    "keyvault",        "keyfile",
    "keypath",         "keytype",
    "keyusage",        "monkey",
    "keying",          "keyserver",
    "issuerkeyhash",   "keyhash",
    "keydigest",       "keyfingerprint",
    "secretlength",    "secretname",
    "secretsize",      "secretid",
    "secretarn",       "secretpath",
    "usersecretsid",   "csrftoken",
    "tokenendpoint",   "tokenuri",
    "tokenurl",        "tokenfile",
    "tokentype",       "tokenizer",
    "tokenname",       "publictoken",
    "publicapi",       "passwordhash",
    "passwordfield",   "passwordfile",
    "passwordreset",   "jsonwebtoken",
    "xmsexchange",     "checksum",
    "chksum",          "sha256",
    "sha512",          "md5",
    "integrity",       "etag",
    "authdate",        "accesscontrol",
    "algorithm",
};

bool is_value_byte(char c) {
  return ascii::is_name(c) || c == '.' || c == '=' || c == '-';
}
bool is_base64_byte(char c) {
  return ascii::is_alnum(c) || c == '+' || c == '/';
}

/// Where the value at `at` ends; `at` when it is none.
std::size_t value_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at <= kLongest && is_value_byte(text[end])) ++end;
  if (end - at >= kShortest && end - at <= kLongest && ends_value(text, end)) return end;
  if (at >= text.size() || !ascii::is_alnum(text[at])) return at;
  end = at;
  while (end < text.size() && end - at <= 4 * kLongest && is_base64_byte(text[end])) ++end;
  for (int i = 0; i < 3 && end < text.size() && text[end] == '='; ++i) ++end;
  return end - at >= kShortest + 2 && ends_value(text, end) ? end : at;
}

/// In random text letters, digits and cases take turns; words, versions and dates change seldom.
/// A capital at the start of a word is no change.
bool takes_turns(std::string_view value) {
  constexpr double kShare = 0.23;
  int changes = 0;
  int letters = 0;
  char before = '\0';
  for (const char c : value) {
    if (!ascii::is_alnum(c)) continue;
    const auto kind = [](char one) {
      return ascii::is_digit(one) ? 0 : ascii::is_upper(one) ? 1 : 2;
    };
    if (before != '\0') {
      const int from = kind(before);
      const int to = kind(c);
      if (from != to && !(from == 1 && to == 2)) ++changes;
    }
    before = c;
    ++letters;
  }
  return letters > 1 && changes >= kShare * (letters - 1);
}

bool has_digit(std::string_view value) {
  return std::any_of(value.begin(), value.end(), ascii::is_digit);
}

bool is_harmless_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (ascii::is_alnum(c)) plain += ascii::to_lower(c);
  }
  return std::any_of(
      std::begin(kHarmlessNames), std::end(kHarmlessNames),
      [&](std::string_view harmless) { return plain.find(harmless) != std::string::npos; });
}

/// Of an OpenPGP key: Dockerfiles check downloads with them.
bool is_fingerprint(std::string_view value) {
  return value.size() == 40 && std::all_of(value.begin(), value.end(), [](char c) {
           return ascii::is_hex(c) && !ascii::is_lower(c);
         });
}

/// 8-4-4-4-12.
bool is_uuid(std::string_view value) {
  if (value.size() != 36) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? value[i] != '-' : !ascii::is_hex(value[i])) return false;
  }
  return true;
}

/// "acme_test_9f2…", "dummy-4711": it says itself that nothing of worth is behind it. Keys for
/// tests whose form is known have detectors of their own, which do not ask this.
bool calls_itself_a_test(std::string_view value) {
  constexpr std::string_view kWords[] = {"test", "tests", "testing", "dummy",
                                         "fake", "mock",  "sample"};
  const std::string lower = ascii::lower(value);
  for (std::size_t begin = 0; begin < lower.size();) {
    std::size_t end = begin;
    while (end < lower.size() && ascii::is_alnum(lower[end])) ++end;
    const std::string_view word = std::string_view(lower).substr(begin, end - begin);
    if (std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords)) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace

void find_generic_key(const Spot& spot, std::vector<Match>& found) {
  const auto assignment = find_assignment(spot);
  if (!assignment) return;
  const std::string_view text = spot.text;
  const std::size_t begin = assignment->value;
  const std::size_t end = value_end(text, begin);
  if (end == begin) return;
  const std::string_view value = text.substr(begin, end - begin);
  if (!has_digit(value) || entropy(value) < kRandom || !takes_turns(value)) return;
  const std::string_view name =
      text.substr(assignment->name_begin, assignment->name_end - assignment->name_begin);
  if (is_harmless_name(name) || is_sequence(value) || is_fingerprint(value)) return;
  if (calls_itself_a_test(value)) return;
  // Of these the form is known: what has another one is none.
  if (name.starts_with("_authToken") || ascii::lower(name).starts_with("aws_key")) return;
  const bool holds_only_id = is_uuid(value) && !ascii::icontains(name, "secret") &&
                             !ascii::icontains(name, "token") && !ascii::icontains(name, "pass") &&
                             !ascii::icontains(name, "api");
  if (!holds_only_id) found.push_back({begin, end});
}

void find_url_password(const Spot& spot, std::vector<Match>& found) {
  constexpr std::size_t kLongestLogin = 300;
  const std::string_view text = spot.text;
  if (spot.at == 0 || !ascii::is_alnum(text[spot.at - 1])) return;
  const std::size_t begin = spot.at + spot.keyword;
  const std::size_t end = std::min(begin + kLongestLogin, text.size());
  const auto stops = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '/' || c == '?' || c == '#' || c == '"' ||
           c == '\'' || c == '<' || c == '>' || c == '`' || c == '\\' || c == '(' || c == ')' ||
           c == '[' || c == ']' || c == ',' || c == '|' || static_cast<unsigned char>(c) >= 0x7f;
  };
  std::size_t colon = 0;
  std::size_t at = 0;
  for (std::size_t i = begin; i < end && !stops(text[i]); ++i) {
    if (text[i] == ':' && colon == 0) colon = i;
    if (text[i] == '@') at = i;
  }
  if (colon == 0 || at <= colon + 1) return;
  if (at + 1 >= text.size() || !ascii::is_alnum(text[at + 1])) return;
  const std::string_view password = text.substr(colon + 1, at - colon - 1);
  if (password.find_first_of("${}*;") != std::string_view::npos) return;
  const std::string user = ascii::lower(text.substr(begin, colon - begin));
  const std::string lower = ascii::lower(password);
  constexpr std::string_view kStandIns[] = {"password", "pass", "passwd", "pwd",  "secret",
                                            "token",    "xxx",  "xxxx",   "...",  "changeme",
                                            "user",     "pw",   "****",   "test", "foobar"};
  if (std::find(std::begin(kStandIns), std::end(kStandIns), lower) != std::end(kStandIns)) return;
  if (password.size() < 3 || user == lower) return;
  found.push_back({colon + 1, at});
}

}  // namespace plimsoll::secret
