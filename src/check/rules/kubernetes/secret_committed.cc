#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base64.h"
#include "check/literal_value.h"
#include "check/manifest.h"
#include "check/rule.h"
#include "check/secret_value.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "secret-committed",
    .title = "A Secret with its values in the repository",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .enabled = true,

    .why =
        "base64 is no encryption: whoever can read the repository, or a copy of it, has the "
        "secret, and its history keeps it.",
    .fix_note =
        "Change the secret, then use SealedSecret, ExternalSecret, SOPS or your CI to make "
        "it in the cluster.",
    .sources = "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
};

/// Entries of a Secret that are none.
bool is_public(std::string_view key) {
  for (const std::string_view end :
       {".crt", ".pub", "username", "user", "host", "port", "database", "namespace", "email",
        "region", "endpoint", "url", "name", "ca.pem"}) {
    if (key.size() >= end.size() && ascii::iequals(key.substr(key.size() - end.size()), end)) {
      return true;
    }
  }
  return false;
}

/// Nullopt when nothing can be said against it.
std::optional<Severity> harm_of(std::string_view key, std::string_view value) {
  if (manifest::is_template(value) || value.starts_with("ENC[")) return std::nullopt;
  const bool opaque = !is_public(key) && read_literal(value) == LiteralKind::kOpaque;
  switch (judge_secret(key, value).verdict) {
    case SecretVerdict::kSecret: return Severity::kHigh;
    case SecretVerdict::kDefaultPassword: return Severity::kMedium;
    case SecretVerdict::kPlaceholder: return std::nullopt;
    case SecretVerdict::kNameOnly: return opaque ? std::optional(Severity::kMedium) : std::nullopt;
    case SecretVerdict::kNo: break;
  }
  return opaque && looks_random(value) ? std::optional(Severity::kMedium) : std::nullopt;
}

struct Worst {
  const Node* key = nullptr;
  Severity severity = Severity::kInfo;
  std::size_t count = 0;
  std::vector<Span> values;  ///< all of them: what looks harmless may be none the less

  void add(const Node::Entry& entry, std::string_view value) {
    values.push_back(entry.value->span);
    const auto harm = harm_of(entry.key->str(), value);
    if (!harm) return;
    ++count;
    if (key != nullptr && *harm <= severity) return;
    key = entry.key;
    severity = *harm;
  }
};

/// SOPS leaves its own block behind; the values are encrypted.
bool is_encrypted(const kubernetes::Object& object) {
  return manifest::is_present(object.node->find("sops"));
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "Secret" || object.api_version != "v1" || is_encrypted(object)) return;
  Worst worst;
  for (const Node::Entry& entry : manifest::entries(object.node->find("stringData"))) {
    worst.add(entry, entry.value->str());
  }
  for (const Node::Entry& entry : manifest::entries(object.node->find("data"))) {
    const std::string_view encoded = entry.value->str();
    if (manifest::is_template(encoded)) continue;
    if (const auto decoded = decode_base64(encoded)) worst.add(entry, *decoded);
  }
  if (worst.key == nullptr) return;
  Finding& finding =
      sink.report(Place{object.file, worst.key->span},
                  "the value of '" + std::string(worst.key->str()) + "' is in this file");
  finding.severity = worst.severity;
  finding.secrets = std::move(worst.values);
  if (worst.count > 1) finding.because("values", std::to_string(worst.count));
}

constexpr Example kExamples[] = {
    {.name = "base64",
     .before = "apiVersion: v1\n"
               "kind: Secret\n"
               "metadata: {name: web}\n"
               "data: {«password»: azdRbTJ4THA5d1R6, username: YWRh}\n"},
    {.name = "plain",
     .before = "apiVersion: v1\n"
               "kind: Secret\n"
               "metadata: {name: web}\n"
               "stringData:\n"
               "  «api-token»: k7Qm2xLp9wTz4vNs\n"},
    {.name = "settings beside the secrets",
     .before = "apiVersion: v1\n"
               "kind: Secret\n"
               "metadata: {name: web}\n"
               "stringData: {APP_ENV: local, cache: redis, LOG_LEVEL: debug}\n"},
    {.name = "placeholders",
     .before = "apiVersion: v1\n"
               "kind: Secret\n"
               "metadata: {name: web}\n"
               "stringData: {password: \"<your password>\", token: REPLACE_ME, key: \"\"}\n"},
    {.name = "filled in later",
     .before = "apiVersion: v1\n"
               "kind: Secret\n"
               "metadata: {name: web}\n"
               "data: {password: \"{{ .Values.password | b64enc }}\"}\n"
               "stringData: {token: \"${TOKEN}\"}\n"},
    {.name = "a certificate without its key",
     .before = "apiVersion: v1\n"
               "kind: Secret\n"
               "metadata: {name: web}\n"
               "data: {ca.crt: LS0tLS1CRUdJTg==}\n"},
    {.name = "sealed",
     .before = "apiVersion: bitnami.com/v1alpha1\n"
               "kind: SealedSecret\n"
               "metadata: {name: web}\n"
               "spec: {encryptedData: {password: AgBy3i4OJSWK}}\n"},
    {.name = "encrypted by SOPS",
     .before = "apiVersion: v1\n"
               "kind: Secret\n"
               "metadata: {name: web}\n"
               "stringData: {password: \"ENC[AES256_GCM,data:abc]\"}\n"
               "sops: {version: 3.9.0}\n"},
};

}  // namespace

const Rule& secret_committed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
