#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-webhooks",
    .title = "A role may change admission webhooks",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0114 checkov:CKV_K8S_155",
    .why =
        "An admission webhook reads and rewrites every object that is written, Secrets too; "
        "one that is removed was perhaps what kept privileged pods out.",
    .fix_note = "Give get, list and watch; leave changes to whoever installs the webhook.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::Resource kResources[] = {
    {"admissionregistration.k8s.io", "mutatingwebhookconfigurations"},
    {"admissionregistration.k8s.io", "validatingwebhookconfigurations"},
};
constexpr std::string_view kVerbs[] = {"create", "update",           "patch",
                                       "delete", "deletecollection", "impersonate"};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_grants(object, sink, {kResources, kVerbs},
                      "reads and rewrites whatever is written to the cluster");
}

constexpr Example kExamples[] = {
    {.name = "update",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [admissionregistration.k8s.io], resources: "
               "[«mutatingwebhookconfigurations»], verbs: [get, update]}\n"},
    {.name = "all of the group",
     .before =
         "apiVersion: rbac.authorization.k8s.io/v1\n"
         "kind: ClusterRole\n"
         "metadata: {name: reader}\n"
         "rules:\n"
         "  - {apiGroups: [admissionregistration.k8s.io], resources: [«\"*\"»], verbs: [\"*\"]}\n"},
    {.name = "reads alone",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [admissionregistration.k8s.io], resources: [\"*\"], verbs: [get, "
               "list, watch]}\n"},
    {.name = "reads everything",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"*\"], resources: [\"*\"], verbs: [get]}\n"},
};

}  // namespace

const Rule& rbac_webhooks() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
