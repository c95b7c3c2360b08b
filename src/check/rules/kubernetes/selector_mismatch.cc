#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "selector-mismatch",
    .title = "A selector does not fit its own pods",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .aliases =
        "kube-linter:mismatching-selector "
        "kube-score:deployment-pod-selector-labels-match-template-metadata-labels "
        "kube-score:statefulset-pod-selector-labels-match-template-metadata-labels",
    .why = "The API server refuses the object.",
    .fix_note =
        "Give the template the labels that the selector asks for; the selector of a live object "
        "cannot be changed.",
    .sources = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",
};

bool has_selector(std::string_view kind) {
  return kind == "Deployment" || kind == "StatefulSet" || kind == "DaemonSet" ||
         kind == "ReplicaSet";
}

void check(const kubernetes::Pod& pod, Sink& sink) {
  const kubernetes::Object& object = *pod.object;
  if (!has_selector(object.kind)) return;
  const Node* const selector = object.at({"spec", "selector"});
  const Node* const labels = manifest::child(pod.metadata, "labels");
  // Without any label the rest is elsewhere: a patch, or Kustomize's `labels`.
  if (selector == nullptr || labels == nullptr) return;
  if (manifest::selects(*selector, labels) != false) return;
  sink.report(Place{object.file, selector->span}, "the pod template does not have these labels");
}

constexpr Example kExamples[] = {
    {.name = "another value",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: «{matchLabels: {app: wep}}»\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "the same",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web, tier: front}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "an expression",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: «{matchExpressions: [{key: app, operator: In, values: [a, b]}]}»\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "filled in by a tool",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: {matchLabels: {app: \"${APP}\"}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
};

}  // namespace

const Rule& selector_mismatch() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
