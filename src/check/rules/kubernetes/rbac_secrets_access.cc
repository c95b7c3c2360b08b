#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-secrets-access",
    .title = "A role may read or change Secrets",
    .severity = Severity::kMedium,
    .control = Control::kNoSecrets,
    .points_at_secret = false,
    .aliases = "trivy:KSV-0041 trivy:KSV-0113 checkov:CKV2_K8S_5 kube-linter:access-to-secrets",
    .why =
        "Whoever has the role has every password, key and service account token in its "
        "reach: get shows one, list and watch show all of them.",
    .fix_note =
        "Mount the Secret that the program needs, or name it in resourceNames and allow get "
        "alone.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::Resource kResources[] = {
    {"", "secrets"},
};
constexpr std::string_view kVerbs[] = {"get",        "list",  "watch",  "create",
                                       "update",     "patch", "delete", "deletecollection",
                                       "impersonate"};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_grants(object, sink, {kResources, kVerbs},
                      "reads or replaces what other programs log in with");
}

constexpr Example kExamples[] = {
    {.name = "reads them",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [«secrets»], verbs: [get, list]}\n"},
    {.name = "all of the core group",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [«\"*\"»], verbs: [list]}\n"},
    {.name = "other resources",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [pods, secrets1], verbs: [get]}\n"},
    {.name = "another group",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [example.com], resources: [secrets], verbs: [get]}\n"},
    {.name = "one that is named",
     .before =
         "apiVersion: rbac.authorization.k8s.io/v1\n"
         "kind: Role\n"
         "metadata: {name: reader}\n"
         "rules:\n"
         "  - {apiGroups: [\"\"], resources: [secrets], verbs: [get], resourceNames: [web-tls]}\n"},
    {.name = "a verb that is none",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [secrets], verbs: [just]}\n"},
};

}  // namespace

const Rule& rbac_secrets_access() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
