#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-nodes-proxy",
    .title = "A role may talk to the kubelet",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0047 checkov:CKV2_K8S_2",
    .why =
        "nodes/proxy reaches the kubelet's own API, which runs commands in every pod of the "
        "node and passes by admission control and the audit log.",
    .fix_note = "Use nodes/metrics, nodes/stats or nodes/log for what is to be read.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::Resource kResources[] = {
    {"", "nodes/proxy"},
};
constexpr std::string_view kVerbs[] = {"get", "create"};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_grants(object, sink, {kResources, kVerbs},
                      "runs commands in every pod of a node, unseen by the audit log");
}

constexpr Example kExamples[] = {
    {.name = "a GET is enough, as exec is a websocket",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [«nodes/proxy»], verbs: [get]}\n"},
    {.name = "metrics alone",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [nodes/metrics, nodes], verbs: [get]}\n"},
    {.name = "a verb that proxies nothing",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [nodes/proxy], verbs: [update]}\n"},
};

}  // namespace

const Rule& rbac_nodes_proxy() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
