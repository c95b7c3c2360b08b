#include "check/manifest.h"
#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-wildcard",
    .title = "A role may do everything",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .aliases =
        "trivy:KSV-0044 checkov:CKV_K8S_155 checkov:CKV_K8S_156 checkov:CKV_K8S_157 "
        "checkov:CKV_K8S_158",
    .why =
        "All verbs on all resources of all groups is cluster-admin by another name: one "
        "stolen token is the whole cluster (or namespace), and resources that are added "
        "later are included.",
    .fix_note = "Name what the program uses; `kubectl auth can-i --list` and the audit log tell.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!rbac::is_role(object)) return;
  for (const Node* rule : manifest::elements(object.node->find("rules"))) {
    const Node* const verbs = rule->find("verbs");
    if (!rbac::has_word(verbs, "*") || !rbac::has_word(rule->find("resources"), "*")) continue;
    if (!rbac::has_word(rule->find("apiGroups"), "*")) continue;
    sink.report(Place{object.file, verbs->span}, rbac::is_cluster_role(object)
                                                     ? "may do everything in the whole cluster"
                                                     : "may do everything in its namespace");
  }
}

constexpr Example kExamples[] = {
    {.name = "everything",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"*\"], resources: [\"*\"], verbs: «[\"*\"]»}\n"},
    {.name = "one group",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [apps], resources: [\"*\"], verbs: [\"*\"]}\n"},
    {.name = "reads everything",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"*\"], resources: [\"*\"], verbs: [get, list]}\n"},
    {.name = "an aggregate without rules",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: a}\n"
               "aggregationRule: {clusterRoleSelectors: []}\n"
               "rules: []\n"},
};

}  // namespace

const Rule& rbac_wildcard() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
