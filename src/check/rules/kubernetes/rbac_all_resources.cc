#include <algorithm>
#include <iterator>
#include <string>

#include "check/manifest.h"
#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-all-resources",
    .title = "A role reaches every resource",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0046 trivy:KSV-0112",
    .why = "All resources includes Secrets, and those of extensions that are installed later.",
    .fix_note =
        "Name the resources that are used. For dashboards, the built-in role `view` leaves "
        "Secrets out.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr std::string_view kVerbs[] = {"create",           "update",      "patch", "delete", "get",
                                       "deletecollection", "impersonate", "list",  "watch",  "*"};

bool is_verb(const Node* word) {
  return std::find(std::begin(kVerbs), std::end(kVerbs), word->str()) != std::end(kVerbs);
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (!rbac::is_role(object)) return;
  for (const Node* rule : manifest::elements(object.node->find("rules"))) {
    const Node* const resources = rule->find("resources");
    if (!rbac::has_word(rule->find("apiGroups"), "*") || !rbac::has_word(resources, "*")) continue;
    const auto verbs = manifest::elements(rule->find("verbs"));
    const auto verb = std::find_if(verbs.begin(), verbs.end(), is_verb);
    if (verb == verbs.end()) continue;
    const std::string what = (*verb)->text == "*" ? "use" : std::string((*verb)->text);
    sink.report(Place{object.file, resources->span},
                "may " + what + " every resource, Secrets included");
  }
}

constexpr Example kExamples[] = {
    {.name = "reads everything",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"*\"], resources: «[\"*\"]», verbs: [get]}\n"},
    {.name = "all of one group",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [apps], resources: [\"*\"], verbs: [get]}\n"},
    {.name = "named resources",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"*\"], resources: [pods], verbs: [get]}\n"},
    {.name = "a verb that is none",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"*\"], resources: [\"*\"], verbs: [aaa]}\n"},
};

}  // namespace

const Rule& rbac_all_resources() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
