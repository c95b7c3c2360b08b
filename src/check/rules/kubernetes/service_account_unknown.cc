#include <string>

#include "check/object_names.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "service-account-unknown",
    .title = "A pod asks for a service account that is not there",
    .severity = Severity::kInfo,
    .control = Control::kIsolation,
    .aliases = "kube-linter:non-existent-service-account",
    .why = "No pod is created until somebody creates the account, with whatever rights.",
    .fix_note = "Name the account as it is called now, or add it.",
    .sources =
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
};

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  if (manifests.pods.empty()) return;
  const ObjectNames names(manifests);
  for (const kubernetes::Pod& pod : manifests.pods) {
    const Value<std::string>& account = pod.service_account;
    if (!account.is_set() || account.value == "default") continue;
    if (!names.lack("ServiceAccount", account.value, *pod.object)) continue;
    sink.report(account.place, "no ServiceAccount here is called '" + account.value + "'");
  }
}

constexpr Example kExamples[] = {
    {.name = "another name",
     .before = "apiVersion: v1\n"
               "kind: ServiceAccount\n"
               "metadata: {name: web}\n"
               "---\n"
               "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  serviceAccountName: «wep»\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "its name",
     .before = "apiVersion: v1\n"
               "kind: ServiceAccount\n"
               "metadata: {name: web}\n"
               "---\n"
               "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  serviceAccountName: web\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "accounts elsewhere",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  serviceAccountName: web\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "the one that is always there",
     .before = "apiVersion: v1\n"
               "kind: ServiceAccount\n"
               "metadata: {name: web}\n"
               "---\n"
               "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  serviceAccountName: default\n"
               "  containers: [{name: web, image: nginx}]\n"},
};

}  // namespace

const Rule& service_account_unknown() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
