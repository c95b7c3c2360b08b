#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-escalation",
    .title = "A role may give rights that its holder does not have",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0050 checkov:CKV_K8S_157 checkov:CKV_K8S_158",
    .why =
        "escalate and bind switch off the check that nobody hands out more than they have, "
        "so the holder can become cluster administrator.",
    .fix_note =
        "Leave these verbs to the people who administer the cluster; create the roles a "
        "program needs beforehand.",
    .sources =
        "https://kubernetes.io/docs/reference/access-authn-authz/rbac/"
        "#privilege-escalation-prevention-and-bootstrapping",
};

constexpr rbac::Resource kResources[] = {
    {"rbac.authorization.k8s.io", "roles"},
    {"rbac.authorization.k8s.io", "clusterroles"},
    {"rbac.authorization.k8s.io", "rolebindings"},
    {"rbac.authorization.k8s.io", "clusterrolebindings"},
};
constexpr std::string_view kVerbs[] = {"escalate", "bind"};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_grants(object, sink, {kResources, kVerbs}, "the holder can give itself any right");
}

constexpr Example kExamples[] = {
    {.name = "escalate",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [rbac.authorization.k8s.io], resources: [«clusterroles»], verbs: "
               "[escalate]}\n"},
    {.name = "every verb",
     .before =
         "apiVersion: rbac.authorization.k8s.io/v1\n"
         "kind: ClusterRole\n"
         "metadata: {name: reader}\n"
         "rules:\n"
         "  - {apiGroups: [rbac.authorization.k8s.io], resources: [«roles»], verbs: [\"*\"]}\n"},
    {.name = "ordinary management is checked by the API server",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [rbac.authorization.k8s.io], resources: [roles, rolebindings], "
               "verbs: [create, update, delete]}\n"},
    {.name = "a resource of that name elsewhere",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [example.com], resources: [roles], verbs: [bind]}\n"},
};

}  // namespace

const Rule& rbac_escalation() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
