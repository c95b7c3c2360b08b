#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "default-service-account-used",
    .title = "The pod runs as the default service account",
    .severity = Severity::kInfo,
    .control = Control::kIsolation,
    .aliases = "kube-linter:default-service-account",
    .why = "Rights that one pod needs go to all that share the account.",
    .fix_note = "Create a service account for the program, or mount no token.",
    .sources =
        "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
};

void check(const kubernetes::Pod& pod, Sink& sink) {
  if (!pod.service_account.is_known() || pod.service_account.value != "default") return;
  if (pod.containers.empty() || pod.automount_token.value == false) return;
  const Place place = pod.service_account.is_set() ? pod.service_account.place : pod.place;
  sink.missing(*pod.containers.front(), place, "no service account of its own");
}

constexpr Example kExamples[] = {
    {.name = "none is named",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "named so",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  serviceAccountName: «default»\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "its own",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  serviceAccountName: web\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "without a token",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  automountServiceAccountToken: false\n"
               "  containers: [{name: web, image: nginx}]\n"},
};

}  // namespace

const Rule& default_service_account_used() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
