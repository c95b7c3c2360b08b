#include <string>

#include "check/manifest.h"
#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-wildcard-used",
    .title = "A wildcard in a role",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .aliases = "checkov:CKV_K8S_49 kube-linter:wildcard-in-rules kics:6b896afb",
    .why =
        "A \"*\" also allows what the next version or the next extension of the API will add; "
        "nobody will have decided on that.",
    .fix_note = "Write out the groups, resources and verbs that are used.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!rbac::is_role(object)) return;
  for (const Node* rule : manifest::elements(object.node->find("rules"))) {
    for (const std::string_view list : {"apiGroups", "resources", "verbs"}) {
      for (const Node* word : manifest::elements(rule->find(list))) {
        if (word->str() != "*") continue;
        sink.report(Place{object.file, word->span}, "every one of the " + std::string(list));
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "in each place",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [«\"*\"»], resources: [pods], verbs: [«\"*\"»]}\n"},
    {.name = "none",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [apps], resources: [deployments], verbs: [get]}\n"},
};

}  // namespace

const Rule& rbac_wildcard_used() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
