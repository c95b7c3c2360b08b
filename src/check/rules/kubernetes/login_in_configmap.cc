#include <string>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "login-in-configmap",
    .title = "A login name in a ConfigMap",
    .severity = Severity::kInfo,
    .control = Control::kNoSecrets,
    .aliases = "trivy:KSV-01010 trivy:KSV01010",
    .why =
        "A login name is half of a login, and a person's address is personal data; a "
        "ConfigMap is readable by all of the namespace.",
    .fix_note = "Keep it beside its password, in the Secret.",
    .sources = "https://kubernetes.io/docs/concepts/configuration/configmap/#motivation",
};

constexpr std::string_view kNames[] = {"username", "user_name", "email", "e-mail"};

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "ConfigMap" || object.api_version != "v1") return;
  for (const Node::Entry& entry : manifest::entries(object.node->find("data"))) {
    const std::string_view value = entry.value->str();
    if (value.empty() || manifest::is_template(value)) continue;
    for (const std::string_view name : kNames) {
      if (!ascii::icontains(entry.key->str(), name)) continue;
      sink.report(Place{object.file, entry.key->span},
                  "'" + std::string(entry.key->str()) + "' is half of a login")
          .secrets.push_back(entry.value->span);
      break;
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "a user name",
     .before = "apiVersion: v1\n"
               "kind: ConfigMap\n"
               "metadata: {name: web}\n"
               "data:\n"
               "  «username»: ada\n"},
    {.name = "filled in later",
     .before = "apiVersion: v1\n"
               "kind: ConfigMap\n"
               "metadata: {name: web}\n"
               "data:\n"
               "  DB_USERNAME: ${DB_USERNAME}\n"},
    {.name = "settings",
     .before = "apiVersion: v1\n"
               "kind: ConfigMap\n"
               "metadata: {name: web}\n"
               "data:\n"
               "  color.good: blue\n"},
};

}  // namespace

const Rule& login_in_configmap() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
