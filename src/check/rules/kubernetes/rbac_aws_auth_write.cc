#include "check/manifest.h"
#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-aws-auth-write",
    .title = "A role may change who enters an EKS cluster",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0115",
    .why =
        "The ConfigMap aws-auth maps AWS identities to users and groups of the cluster; a "
        "line more is an administrator more.",
    .fix_note =
        "Leave aws-auth to whoever creates the cluster; use EKS access entries in its place.",
    .sources = "https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html",
};

constexpr rbac::Resource kConfigMaps[] = {{"", "configmaps"}};
constexpr std::string_view kVerbs[] = {"create", "update",           "patch",
                                       "delete", "deletecollection", "impersonate"};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!rbac::is_role(object)) return;
  for (const Node* rule : manifest::elements(object.node->find("rules"))) {
    const auto grant = rbac::find_grant(*rule, {kConfigMaps, kVerbs});
    if (!grant) continue;
    for (const Node* name : manifest::elements(rule->find("resourceNames"))) {
      if (name->str() != "aws-auth") continue;
      sink.report(Place{object.file, name->span},
                  "may make anybody an administrator: changes 'aws-auth'");
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "patch",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [configmaps], verbs: [get, patch], "
               "resourceNames: [«aws-auth»]}\n"},
    {.name = "another ConfigMap",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [configmaps], verbs: [patch]}\n"},
    {.name = "reads alone",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: Role\n"
               "metadata: {name: a}\n"
               "rules:\n"
               "  - {apiGroups: [\"\"], resources: [configmaps], verbs: [get], resourceNames: "
               "[aws-auth]}\n"},
};

}  // namespace

const Rule& rbac_aws_auth_write() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
