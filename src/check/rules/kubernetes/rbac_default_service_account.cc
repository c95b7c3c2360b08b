#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-default-service-account",
    .title = "Rights for the default service account",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .aliases = "checkov:CKV_K8S_42",
    .why =
        "Every pod that names no service account has these rights, also those that are added "
        "later and have nothing to do with it.",
    .fix_note = "Create a service account for the program and bind the role to that.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::SubjectName kNames[] = {{"ServiceAccount", "default"}};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_subjects(object, sink, kNames,
                        "is the service account of every pod that names none");
}

constexpr Example kExamples[] = {
    {.name = "default",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: RoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: ServiceAccount, name: «default»}\n"},
    {.name = "an account of its own",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: RoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: ServiceAccount, name: web}\n"},
    {.name = "a user of that name",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: User, name: default}\n"},
};

}  // namespace

const Rule& rbac_default_service_account() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
