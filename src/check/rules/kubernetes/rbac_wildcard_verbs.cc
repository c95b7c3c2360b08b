#include <string>

#include "check/manifest.h"
#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-wildcard-verbs",
    .title = "A role may do everything with a sensitive resource",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0045",
    .why =
        "Every verb includes those that people forget: deletecollection, impersonate, "
        "escalate, bind.",
    .fix_note = "Write out the verbs that are used.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::Resource kSensitive[] = {
    {"", "secrets"},
    {"", "pods"},
    {"", "nodes"},
    {"", "serviceaccounts"},
    {"", "users"},
    {"", "groups"},
    {"", "replicationcontrollers"},
    {"apps", "deployments"},
    {"apps", "daemonsets"},
    {"apps", "statefulsets"},
    {"apps", "replicasets"},
    {"batch", "jobs"},
    {"batch", "cronjobs"},
    {"rbac.authorization.k8s.io", "roles"},
    {"rbac.authorization.k8s.io", "clusterroles"},
    {"rbac.authorization.k8s.io", "rolebindings"},
    {"rbac.authorization.k8s.io", "clusterrolebindings"},
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!rbac::is_role(object)) return;
  for (const Node* rule : manifest::elements(object.node->find("rules"))) {
    const auto grant = rbac::find_grant(*rule, {kSensitive, {}});
    if (!grant) continue;
    sink.report(Place{object.file, grant->verb->span},
                "may do everything with '" + std::string(grant->resource->text) + "'");
  }
}

constexpr Example kExamples[] = {
    {.name = "deployments",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [apps], resources: [deployments], verbs: [«\"*\"»]}\n"},
    {.name = "named verbs",
     .before =
         "apiVersion: rbac.authorization.k8s.io/v1\n"
         "kind: ClusterRole\n"
         "metadata: {name: reader}\n"
         "rules:\n"
         "  - {apiGroups: [apps], resources: [deployments], verbs: [get, list, watch, update]}\n"},
    {.name = "an extension of its own",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [example.com], resources: [widgets], verbs: [\"*\"]}\n"},
};

}  // namespace

const Rule& rbac_wildcard_verbs() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
