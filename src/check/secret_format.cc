#include "check/secret_format.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "core/ascii.h"

namespace plimsoll {
namespace {

using Predicate = bool (*)(char);

constexpr bool is_base64url(char c) {
  return ascii::is_alnum(c) || c == '_' || c == '-';
}
constexpr bool is_alnum(char c) {
  return ascii::is_alnum(c);
}
constexpr bool is_upper_alnum(char c) {
  return ascii::is_upper(c) || ascii::is_digit(c);
}
constexpr bool is_hex(char c) {
  return ascii::is_hex(c);
}
constexpr bool is_dotted(char c) {
  return is_base64url(c) || c == '.';
}

struct Issued {
  std::string_view prefix;
  std::size_t min;  // characters after the prefix
  std::size_t max;
  Predicate alphabet;
  std::string_view kind;
};

constexpr std::size_t kAny = std::string_view::npos;

// Sources: the issuers' documentation of their token formats.
constexpr Issued kIssued[] = {
    {"AIza", 35, 35, is_base64url, "Google API key"},
    {"AKIA", 16, 16, is_upper_alnum, "AWS access key id"},
    {"ASIA", 16, 16, is_upper_alnum, "AWS access key id"},
    {"SG.", 40, kAny, is_dotted, "SendGrid API key"},
    {"dckr_pat_", 20, kAny, is_base64url, "Docker Hub token"},
    {"dop_v1_", 64, 64, is_hex, "DigitalOcean token"},
    {"gho_", 36, kAny, is_alnum, "GitHub token"},
    {"ghp_", 36, kAny, is_alnum, "GitHub token"},
    {"ghr_", 36, kAny, is_alnum, "GitHub token"},
    {"ghs_", 36, kAny, is_alnum, "GitHub token"},
    {"ghu_", 36, kAny, is_alnum, "GitHub token"},
    {"github_pat_", 22, kAny, is_base64url, "GitHub token"},
    {"glpat-", 20, kAny, is_dotted, "GitLab token"},
    {"hf_", 34, kAny, is_alnum, "Hugging Face token"},
    {"hvs.", 24, kAny, is_base64url, "Vault token"},
    {"npm_", 36, 36, is_alnum, "npm token"},
    {"pypi-AgE", 50, kAny, is_base64url, "PyPI token"},
    {"rk_live_", 16, kAny, is_alnum, "Stripe key"},
    {"shpat_", 32, 32, is_hex, "Shopify token"},
    {"sk-", 32, kAny, is_base64url, "API key"},
    {"sk_live_", 16, kAny, is_alnum, "Stripe key"},
    {"xoxa-", 10, kAny, is_base64url, "Slack token"},
    {"xoxb-", 10, kAny, is_base64url, "Slack token"},
    {"xoxp-", 10, kAny, is_base64url, "Slack token"},
    {"xoxr-", 10, kAny, is_base64url, "Slack token"},
    {"xoxs-", 10, kAny, is_base64url, "Slack token"},
};

constexpr std::size_t kShortestSecret = 15;

std::size_t run_of(std::string_view text, Predicate alphabet) {
  const auto end = std::find_if_not(text.begin(), text.end(), alphabet);
  return static_cast<std::size_t>(end - text.begin());
}

/// "sk-" also starts ordinary words; a key has capitals or digits among its letters.
bool is_wordlike(std::string_view text) {
  return std::none_of(text.begin(), text.end(), ascii::is_digit);
}

SecretFormat issued_at(std::string_view text) {
  for (const Issued& issued : kIssued) {
    if (issued.prefix.front() != text.front() || !text.starts_with(issued.prefix)) continue;
    const std::string_view rest = text.substr(issued.prefix.size());
    const std::size_t size = run_of(rest, issued.alphabet);
    if (size < issued.min || size > issued.max || is_wordlike(rest.substr(0, size))) continue;
    return {issued.kind, text.substr(0, issued.prefix.size() + size)};
  }
  return {};
}

/// Three base64url parts, the first two being JSON objects ({" is eyJ).
SecretFormat web_token_at(std::string_view text) {
  constexpr std::string_view kObject = "eyJ";
  constexpr std::size_t kShortestPart = 10;
  std::size_t end = 0;
  for (int part = 0; part < 3; ++part) {
    const std::string_view rest = text.substr(end);
    if (part < 2 && !rest.starts_with(kObject)) return {};
    const std::size_t size = run_of(rest, is_base64url);
    if (size < kShortestPart) return {};
    end += size;
    if (part == 2) break;
    if (end == text.size() || text[end] != '.') return {};
    ++end;
  }
  return {"JSON web token", text.substr(0, end)};
}

SecretFormat private_key_in(std::string_view text) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  for (std::size_t at = text.find(kBegin); at != std::string_view::npos;
       at = text.find(kBegin, at + kBegin.size())) {
    const std::string_view rest = text.substr(at + kBegin.size());
    const std::string_view label = rest.substr(0, rest.find("-----"));
    if (label.size() < 64 && ascii::contains(label, "PRIVATE KEY")) {
      return {"private key", text.substr(at)};
    }
  }
  return {};
}

/// A secret starts where none of these goes before. All alphabets above are among them, so that no
/// byte is read from two starts.
bool continues_word(char c) {
  return is_dotted(c);
}

bool starts_issued(char c) {
  switch (c) {
    case 'A':
    case 'S':
    case 'd':
    case 'e':
    case 'g':
    case 'h':
    case 'n':
    case 'p':
    case 'r':
    case 's':
    case 'x': return true;
    default: return false;
  }
}

/// Where the user part of a URL may end at the latest.
std::string_view authority_of(std::string_view after_scheme) {
  return after_scheme.substr(0, after_scheme.find_first_of("/?# \t\r\n\"'"));
}

}  // namespace

SecretFormat find_secret_format(std::string_view value) {
  if (value.size() < kShortestSecret) return {};
  for (std::size_t i = 0; i + kShortestSecret <= value.size(); ++i) {
    if (!starts_issued(value[i]) || (i > 0 && continues_word(value[i - 1]))) continue;
    const std::string_view rest = value.substr(i);
    const SecretFormat found = value[i] == 'e' ? web_token_at(rest) : issued_at(rest);
    if (!found.kind.empty()) return found;
  }
  return private_key_in(value);
}

std::string_view password_in_url(std::string_view text) {
  constexpr std::string_view kScheme = "://";
  for (std::size_t at = text.find(kScheme); at != std::string_view::npos;
       at = text.find(kScheme, at + kScheme.size())) {
    const std::string_view authority = authority_of(text.substr(at + kScheme.size()));
    const std::size_t end = authority.rfind('@');
    if (end == std::string_view::npos) continue;
    const std::string_view user_info = authority.substr(0, end);
    const std::size_t colon = user_info.find(':');
    if (colon != std::string_view::npos && colon + 1 < user_info.size()) {
      return user_info.substr(colon + 1);
    }
  }
  return {};
}

std::string_view password_in_connection_string(std::string_view text) {
  constexpr std::string_view kFields[] = {"password", "pwd", "accountkey", "sharedaccesskey"};
  if (!ascii::contains(text, ";")) return {};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view key = ascii::trim(field.substr(0, equals));
    const bool is_secret =
        std::any_of(std::begin(kFields), std::end(kFields),
                    [key](std::string_view known) { return ascii::iequals(key, known); });
    if (is_secret) return ascii::trim(field.substr(equals + 1));
  }
  return {};
}

}  // namespace plimsoll
