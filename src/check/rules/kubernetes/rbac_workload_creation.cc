#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-workload-creation",
    .title = "A role may create pods",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0048 kube-linter:access-to-create-pods",
    .why =
        "Who creates a pod can mount every Secret and use every service account of its "
        "namespace, and, where admission allows privileged pods, take the node.",
    .fix_note =
        "Enforce a Pod Security Standard in the namespaces where the role counts, and give "
        "no more namespaces than it needs.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::Resource kResources[] = {
    {"", "pods"},
    {"", "replicationcontrollers"},
    {"apps", "deployments"},
    {"apps", "statefulsets"},
    {"apps", "daemonsets"},
    {"apps", "replicasets"},
    {"batch", "jobs"},
    {"batch", "cronjobs"},
};
constexpr std::string_view kVerbs[] = {"create", "update", "patch"};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_grants(object, sink, {kResources, kVerbs},
                      "a pod of its own reaches every Secret and service account of the namespace");
}

constexpr Example kExamples[] = {
    {.name = "deployments",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [apps], resources: [«deployments»], verbs: [get, update]}\n"},
    {.name = "pods",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [«pods»], verbs: [create]}\n"},
    {.name = "reads alone",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [apps, batch, \"\"], resources: [pods, deployments, jobs], verbs: "
               "[get, list, watch, delete]}\n"},
    {.name = "a resource that is none",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"*\"], resources: [job], verbs: [create]}\n"},
};

}  // namespace

const Rule& rbac_workload_creation() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
