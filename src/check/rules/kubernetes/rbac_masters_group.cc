#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-masters-group",
    .title = "A binding for system:masters",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0123",
    .why =
        "Members of system:masters pass by every check of RBAC and of webhook authorizers: "
        "the binding adds nothing, and the group cannot be restricted or taken away.",
    .fix_note = "Bind a group of your own, and issue no certificates for system:masters.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::SubjectName kNames[] = {
    {"Group", "system:masters"},
};

void check(const kubernetes::Object& object, Sink& sink) {
  rbac::report_subjects(object, sink, kNames, "passes by every authorization check");
}

constexpr Example kExamples[] = {
    {.name = "the group",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: Group, name: «system:masters»}\n"},
    {.name = "a name that begins alike",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: Group, name: system:masters2}\n"},
};

}  // namespace

const Rule& rbac_masters_group() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
