#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-exec",
    .title = "A role may run commands in pods",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .aliases =
        "trivy:KSV-0053 trivy:KSV-0054 checkov:CKV2_K8S_2 polaris:clusterrolePodExecAttach "
        "polaris:rolePodExecAttach polaris:clusterrolebindingPodExecAttach "
        "polaris:rolebindingClusterRolePodExecAttach polaris:rolebindingRolePodExecAttach",
    .why =
        "A shell in a pod is everything that the pod has: its service account, its Secrets "
        "and, when it is privileged, the node.",
    .fix_note =
        "Leave pods/exec and pods/attach to people who debug, not to programs; use ephemeral "
        "access where there is one.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::Resource kResources[] = {
    {"", "pods/exec"},
    {"", "pods/attach"},
};
constexpr std::string_view kVerbs[] = {"create"};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_grants(object, sink, {kResources, kVerbs}, "runs commands in any pod in reach");
}

constexpr Example kExamples[] = {
    {.name = "exec",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [pods, «pods/exec»], verbs: [create]}\n"},
    {.name = "attach by any verb",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [«pods/attach»], verbs: [\"*\"]}\n"},
    {.name = "logs alone",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [pods, pods/log], verbs: [get, create]}\n"},
    {.name = "no verb that runs",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [pods/exec], verbs: [update]}\n"},
};

}  // namespace

const Rule& rbac_exec() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
