#include <string>

#include "check/manifest.h"
#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-binding-members",
    .title = "A role may add others to its bindings",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0055",
    .why =
        "Who can patch a binding of a role that they have can hand that role to anybody, and "
        "nobody has decided so.",
    .fix_note = "Leave changes to bindings to the people who administer the namespace.",
    .sources = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
};

constexpr rbac::Resource kBindings[] = {{"rbac.authorization.k8s.io", "rolebindings"},
                                        {"rbac.authorization.k8s.io", "clusterrolebindings"}};
constexpr std::string_view kRead[] = {"get"};
constexpr std::string_view kChange[] = {"patch", "update"};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!rbac::is_role(object)) return;
  for (const Node* rule : manifest::elements(object.node->find("rules"))) {
    const auto change = rbac::find_grant(*rule, {kBindings, kChange});
    if (!change || !rbac::find_grant(*rule, {kBindings, kRead})) continue;
    sink.report(Place{object.file, change->resource->span},
                "may add others to the '" + std::string(change->resource->text) + "' it is in");
  }
}

constexpr Example kExamples[] = {
    {.name = "get and patch",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [rbac.authorization.k8s.io], resources: [«rolebindings»], verbs: "
               "[get, patch]}\n"},
    {.name = "reads alone",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: "
               "[get, list]}\n"},
    {.name = "changes unseen",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: "
               "[patch]}\n"},
};

}  // namespace

const Rule& rbac_binding_members() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
