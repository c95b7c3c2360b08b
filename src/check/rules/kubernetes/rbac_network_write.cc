#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-network-write",
    .title = "A role may change the network",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .aliases = "trivy:KSV-0056",
    .why =
        "Who changes a Service, its endpoints, an Ingress or a NetworkPolicy can take the "
        "traffic of others or open what was closed.",
    .fix_note = "Give get, list and watch, or name the objects in resourceNames.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::Resource kResources[] = {
    {"", "services"},
    {"", "endpoints"},
    {"discovery.k8s.io", "endpointslices"},
    {"networking.k8s.io", "networkpolicies"},
    {"networking.k8s.io", "ingresses"},
};
constexpr std::string_view kVerbs[] = {"create", "update",           "patch",
                                       "delete", "deletecollection", "impersonate"};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_grants(object, sink, {kResources, kVerbs},
                      "can redirect traffic or open what a policy closes");
}

constexpr Example kExamples[] = {
    {.name = "policies",
     .before =
         "apiVersion: rbac.authorization.k8s.io/v1\n"
         "kind: ClusterRole\n"
         "metadata: {name: reader}\n"
         "rules:\n"
         "  - {apiGroups: [networking.k8s.io], resources: [«networkpolicies»], verbs: [delete]}\n"},
    {.name = "services",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [«services»], verbs: [create, patch]}\n"},
    {.name = "reads alone",
     .before =
         "apiVersion: rbac.authorization.k8s.io/v1\n"
         "kind: ClusterRole\n"
         "metadata: {name: reader}\n"
         "rules:\n"
         "  - {apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [get, list]}\n"},
    {.name = "a verb that is none",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [aa]}\n"},
};

}  // namespace

const Rule& rbac_network_write() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
