#include <string>

#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-cluster-admin-bound",
    .title = "A binding to an administrator role",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .aliases =
        "trivy:KSV-0111 kube-linter:cluster-admin-role-binding kics:249328b8 "
        "polaris:clusterrolebindingClusterAdmin polaris:rolebindingClusterAdminClusterRole "
        "polaris:rolebindingClusterAdminRole",
    .why =
        "cluster-admin can do everything everywhere, admin and edit can read every Secret of "
        "a namespace: a stolen token of the subject is worth as much.",
    .fix_note = "Write a role with what the subject uses.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr std::string_view kAdministrators[] = {"cluster-admin", "admin", "edit"};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!rbac::is_binding(object)) return;
  const Node* const role = object.at({"roleRef", "name"});
  if (role == nullptr) return;
  for (const std::string_view name : kAdministrators) {
    if (role->str() != name) continue;
    Finding& finding =
        sink.report(Place{object.file, role->span}, "the subjects get '" + std::string(name) + "'");
    const bool everywhere = ascii::iequals(object.kind, "ClusterRoleBinding");
    if (name == "cluster-admin" && everywhere) finding.severity = Severity::kHigh;
  }
}

constexpr Example kExamples[] = {
    {.name = "the whole cluster",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "
               "«cluster-admin»}\n"
               "subjects:\n"
               "  - {kind: ServiceAccount, name: web}\n"},
    {.name = "a namespace",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: RoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: «edit»}\n"
               "subjects:\n"
               "  - {kind: ServiceAccount, name: web}\n"},
    {.name = "a role that reads",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n"
               "subjects:\n"
               "  - {kind: ServiceAccount, name: web}\n"},
    {.name = "a role of its own",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRoleBinding\n"
               "metadata: {name: b}\n"
               "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "
               "admin-dashboard}\n"
               "subjects:\n"
               "  - {kind: ServiceAccount, name: web}\n"},
};

}  // namespace

const Rule& rbac_cluster_admin_bound() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
