#include "check/rbac.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "rbac-certificate-approval",
    .title = "A role may approve certificates",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .aliases = "checkov:CKV_K8S_156",
    .why =
        "Who approves signing requests can have a certificate for any user, an administrator "
        "too, and a certificate cannot be revoked.",
    .fix_note = "Leave approval to the controller manager, or name one signer in resourceNames.",
    .sources =
        "https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/"
        "#authorization",
};

constexpr std::string_view kGroup = "certificates.k8s.io";
constexpr rbac::Resource kApproval[] = {{kGroup, "certificatesigningrequests/approval"}};
constexpr rbac::Resource kSigners[] = {{kGroup, "signers"}};
constexpr std::string_view kChange[] = {"update", "patch"};
constexpr std::string_view kApprove[] = {"approve"};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!rbac::is_role(object)) return;
  const auto approval = rbac::find_grant(object, {kApproval, kChange});
  if (!approval || !rbac::find_grant(object, {kSigners, kApprove})) return;
  sink.report(Place{object.file, approval->resource->span},
              "may approve signing requests: a certificate for any user");
}

constexpr Example kExamples[] = {
    {.name = "both that it takes",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [certificates.k8s.io], resources: [signers], verbs: [approve]}\n"
               "  - {apiGroups: [certificates.k8s.io], resources: "
               "[«certificatesigningrequests/approval»], verbs: [update]}\n"},
    {.name = "with wildcards",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [certificates.k8s.io], resources: [\"*\"], verbs: [approve]}\n"
               "  - {apiGroups: [certificates.k8s.io], resources: [«\"*/approval\"»], verbs: "
               "[update]}\n"},
    {.name = "no signer",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [certificates.k8s.io], resources: "
               "[certificatesigningrequests/approval], verbs: [update]}\n"},
    {.name = "creates requests",
     .before = "apiVersion: rbac.authorization.k8s.io/v1\n"
               "kind: ClusterRole\n"
               "metadata: {name: reader}\n"
               "rules:\n"
               "  - {apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests], "
               "verbs: [create, get]}\n"},
};

}  // namespace

const Rule& rbac_certificate_approval() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
