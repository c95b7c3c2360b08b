#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-impersonation",
    .title = "A role may act as others",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0043 checkov:CKV2_K8S_3",
    .why = "Who may impersonate a group may be system:masters, which no role can restrict.",
    .fix_note = "Name the users or groups that may be impersonated in resourceNames.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::Resource kResources[] = {
    {"", "users"},
    {"", "groups"},
    {"", "serviceaccounts"},
    {"authentication.k8s.io", "uids"},
};
constexpr std::string_view kVerbs[] = {"impersonate"};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_grants(object, sink, {kResources, kVerbs},
                      "the holder can be any user, also an administrator");
}

constexpr Example kExamples[] = {
    {.name = "a group",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [«groups»], verbs: [impersonate]}\n"},
    {.name = "another group of that name",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [aaa], resources: [groups], verbs: [impersonate]}\n"},
    {.name = "no identity",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [pods], verbs: [impersonate]}\n"},
    {.name = "no impersonation",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [serviceaccounts], verbs: [get, create]}\n"},
};

}  // namespace

const Rule& rbac_impersonation() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
