#include <string>

#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-binding-any-role",
    .title = "A role may bind itself to any role",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0051 trivy:KSV-0052 checkov:CKV2_K8S_1",
    .why =
        "Creating bindings, together with `bind` on roles, gives the holder every right "
        "there is.",
    .fix_note =
        "Name the roles that may be bound in resourceNames, or leave out bind: the API "
        "server then allows binding only what the holder has already.",
    .sources =
        "https://kubernetes.io/docs/reference/access-authn-authz/rbac/"
        "#restrictions-on-role-binding-creation-or-update",
};

constexpr std::string_view kGroup = "rbac.authorization.k8s.io";
constexpr rbac::Resource kBindings[] = {{kGroup, "rolebindings"}, {kGroup, "clusterrolebindings"}};
constexpr rbac::Resource kRoles[] = {{kGroup, "roles"}, {kGroup, "clusterroles"}};
constexpr std::string_view kCreate[] = {"create"};
constexpr std::string_view kBind[] = {"bind"};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!rbac::is_role(object)) return;
  const auto bind = rbac::find_grant(object, {kRoles, kBind});
  if (!bind) return;
  const auto create = rbac::find_grant(object, {kBindings, kCreate});
  if (!create) return;
  sink.report(Place{object.file, bind->resource->span},
              "may bind any of the '" + std::string(bind->resource->text) + "' and create '" +
                  std::string(create->resource->text) + "': the holder can give itself any right");
}

constexpr Example kExamples[] = {
    {.name = "both",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: "
               "[create]}\n"
               "  - {apiGroups: [rbac.authorization.k8s.io], resources: [«clusterroles»], verbs: "
               "[bind]}\n"},
    {.name = "creates bindings alone",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: "
               "[create]}\n"},
    {.name = "binds without creating",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings1], verbs: "
               "[create]}\n"
               "  - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: "
               "[bind]}\n"},
};

}  // namespace

const Rule& rbac_binding_any_role() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
