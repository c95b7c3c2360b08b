#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-anonymous-subjects",
    .title = "Rights for people who have not logged in",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .aliases = "trivy:KSV-0122",
    .why =
        "Whoever reaches the API server has these rights, without a password, token or "
        "certificate.",
    .fix_note = "Bind the role to the service account or the people who need it.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::SubjectName kNames[] = {
    {"User", "system:anonymous"},
    {"", "system:unauthenticated"},
};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_subjects(object, sink, kNames,
                        "is everybody who reaches the API server, without logging in");
}

constexpr Example kExamples[] = {
    {.name = "the anonymous user",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: User, name: «system:anonymous»}\n"},
    {.name = "the group",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: Group, name: «system:unauthenticated»}\n"},
    {.name = "a user of one's own",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: User, name: ada}\n"
               "  - {kind: Group, name: system:authenticated}\n"},
};

}  // namespace

const Rule& rbac_anonymous_subjects() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
