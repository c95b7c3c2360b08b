#include <set>
#include <string_view>
#include <utility>

#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "service-account-token-mounted",
    .title = "A service account token is mounted that nobody asked for",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0036 checkov:CKV_K8S_38 kics:48471392 kubesec:AutomountServiceAccountToken "
        "polaris:automountServiceAccountToken",
    .why =
        "Whoever breaks into the container finds a credential for the API server in "
        "/var/run/secrets.",
    .fix_note =
        "Set automountServiceAccountToken: false on the pod or its service account, unless "
        "the program talks to the Kubernetes API.",
    .sources =
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"
        "#opt-out-of-api-credential-automounting",
};

/// Namespace and name of the service accounts that mount no token.
using Accounts = std::set<std::pair<std::string_view, std::string_view>>;

Accounts without_token(const kubernetes::Manifests& manifests) {
  Accounts accounts;
  for (const kubernetes::Object& object : manifests.objects) {
    if (object.kind != "ServiceAccount") continue;
    const Node* const mount = object.node->find("automountServiceAccountToken");
    if (mount != nullptr && mount->as_bool() == false) accounts.emplace(object.ns, object.name);
  }
  return accounts;
}

/// Who wants to talk to the API gets an account of its own.
bool is_default_account(const kubernetes::Pod& pod) {
  return pod.service_account.value.empty() || pod.service_account.value == "default";
}

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  if (manifests.pods.empty()) return;
  const Accounts tokenless = without_token(manifests);
  for (const kubernetes::Pod& pod : manifests.pods) {
    if (pod.containers.empty() || pod.automount_token.value == false) continue;
    if (!pod.automount_token.is_known() || !pod.service_account.is_known()) {
      sink.unknown("whether a token is mounted is filled in later");
      continue;
    }
    const bool asked = pod.automount_token.value == true;
    const std::pair<std::string_view, std::string_view> account{pod.object->ns,
                                                                pod.service_account.value};
    if (!asked && tokenless.count(account) != 0) continue;
    Finding& finding =
        sink.missing(*pod.containers.front(), asked ? pod.automount_token.place : pod.place,
                     "the service account's token is mounted");
    finding.about(pod.containers.front()->id);
    remedy(
        finding, "mount no token",
        spelling::set(*pod.containers.front(), spelling::Attribute::kServiceAccountToken, "false"),
        asked || !is_default_account(pod) ? FixSafety::kUnsafe : FixSafety::kSafe);
  }
}

constexpr Example kExamples[] = {
    {.name = "by default",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  containers: [{name: web, image: nginx}]\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata: {name: web}\n"
              "spec:\n"
              "  containers: [{name: web, image: nginx}]\n"
              "  automountServiceAccountToken: false\n"},
    {.name = "asked for",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  automountServiceAccountToken: «true»\n"
               "  containers: [{name: web, image: nginx}]\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata: {name: web}\n"
              "spec:\n"
              "  automountServiceAccountToken: false\n"
              "  containers: [{name: web, image: nginx}]\n"},
    {.name = "switched off",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  automountServiceAccountToken: false\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "its service account switches it off",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  serviceAccountName: web\n"
               "  containers: [{name: web, image: nginx}]\n"
               "---\n"
               "apiVersion: v1\n"
               "kind: ServiceAccount\n"
               "metadata: {name: web}\n"
               "automountServiceAccountToken: false\n"},
};

}  // namespace

const Rule& service_account_token_mounted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
