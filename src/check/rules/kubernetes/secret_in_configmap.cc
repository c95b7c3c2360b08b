#include <string>

#include "check/manifest.h"
#include "check/rule.h"
#include "check/secret_value.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "secret-in-configmap",
    .title = "A secret in a ConfigMap",
    .severity = Severity::kHigh,
    .control = Control::kNoSecrets,
    .enabled = true,
    .aliases = "trivy:KSV-0109 polaris:sensitiveConfigmapContent",
    .why =
        "A ConfigMap is readable by everybody who may see the namespace, is not encrypted at "
        "rest, and this one is in the repository too.",
    .fix_note =
        "Move the value to a Secret that is made outside the repository, and change it: it "
        "is known.",
    .sources = "https://kubernetes.io/docs/concepts/configuration/configmap/#motivation",
};

/// A value of several lines is a file: .env and .properties name a secret at the start of a line.
SecretJudgement judge_lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = ascii::trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || line.starts_with('#')) continue;
    const std::string_view name = ascii::trim(line.substr(0, equals));
    if (name.find_first_of(" \t\"'<({") != std::string_view::npos) continue;
    const auto judged = judge_secret(name, ascii::trim(line.substr(equals + 1)));
    if (judged.verdict == SecretVerdict::kSecret) return judged;
  }
  return {};
}

SecretJudgement judge(const Node& key, const Node& value) {
  if (ascii::contains(value.str(), "\n")) return judge_lines(value.str());
  return judge_secret(key.str(), value.str());
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "ConfigMap" || object.api_version != "v1") return;
  for (const Node::Entry& entry : manifest::entries(object.node->find("data"))) {
    const SecretJudgement judged = judge(*entry.key, *entry.value);
    const bool known_to_all = judged.verdict == SecretVerdict::kDefaultPassword;
    if (judged.verdict != SecretVerdict::kSecret && !known_to_all) continue;
    Finding& finding =
        sink.report(Place{object.file, entry.key->span},
                    "'" + std::string(entry.key->str()) + "' holds a " + std::string(judged.kind));
    finding.secrets.push_back(entry.value->span);
    if (known_to_all) finding.severity = Severity::kMedium;
  }
}

constexpr Example kExamples[] = {
    {.name = "a password",
     .before = "apiVersion: v1\n"
               "kind: ConfigMap\n"
               "metadata: {name: web}\n"
               "data:\n"
               "  «DB_PASSWORD»: k7Qm2xLp9wTz\n"},
    {.name = "in a properties file",
     .before = "apiVersion: v1\n"
               "kind: ConfigMap\n"
               "metadata: {name: web}\n"
               "data:\n"
               "  «application.properties»: |\n"
               "    server.port=80\n"
               "    spring.datasource.password=k7Qm2xLp9wTz\n"},
    {.name = "a reference",
     .before = "apiVersion: v1\n"
               "kind: ConfigMap\n"
               "metadata: {name: web}\n"
               "data:\n"
               "  DB_PASSWORD: $(DB_PASSWORD)\n"
               "  DB_PASSWORD_FILE: /run/secrets/db\n"},
    {.name = "settings",
     .before = "apiVersion: v1\n"
               "kind: ConfigMap\n"
               "metadata: {name: web}\n"
               "data:\n"
               "  LOG_LEVEL: debug\n"
               "  nginx.conf: |\n"
               "    server { listen 80; }\n"},
};

}  // namespace

const Rule& secret_in_configmap() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
