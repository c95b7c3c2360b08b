#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-authenticated-subjects",
    .title = "Rights for everybody who has logged in",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-01011",
    .why =
        "Every service account of every pod is system:authenticated; on some clouds "
        "everybody with an account there is.",
    .fix_note = "Bind the role to the groups that need it.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::SubjectName kNames[] = {
    {"Group", "system:authenticated"},
};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_subjects(object, sink, kNames,
                        "is everybody who has logged in, each service account too");
}

constexpr Example kExamples[] = {
    {.name = "the group",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: Group, name: «system:authenticated»}\n"},
    {.name = "service accounts of one namespace",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: Group, name: system:serviceaccounts:web}\n"},
    {.name = "a user of that name",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: User, name: system:authenticated}\n"},
};

}  // namespace

const Rule& rbac_authenticated_subjects() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
