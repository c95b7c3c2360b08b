#include <algorithm>
#include <iterator>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "default-namespace-used",
    .title = "The default namespace is used",
    .severity = Severity::kInfo,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0110 checkov:CKV_K8S_21 kics:611ab018 kube-linter:use-namespace",
    .why =
        "Quotas, network policies, roles and Pod Security labels count per namespace: in a "
        "shared one they fit nobody.",
    .fix_note =
        "Name a namespace, in the manifest or where it is applied (Kustomize and Helm do "
        "that).",
    .sources = "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
};

constexpr std::string_view kKinds[] = {
    "Pod",  "Deployment",  "DaemonSet",     "StatefulSet", "ReplicaSet", "ReplicationController",
    "Job",  "CronJob",     "Service",       "Secret",      "ConfigMap",  "Ingress",
    "Role", "RoleBinding", "ServiceAccount"};

/// The cluster makes these in each namespace by itself.
bool is_built_in(const kubernetes::Object& object) {
  return (object.kind == "ServiceAccount" && object.name == "default") ||
         (object.kind == "Service" && object.name == "kubernetes");
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (!object.ns.empty() && object.ns != "default") return;
  if (std::find(std::begin(kKinds), std::end(kKinds), object.kind) == std::end(kKinds)) return;
  if (is_built_in(object)) return;
  const Node* const written = object.at({"metadata", "namespace"});
  if (written != nullptr && !object.ns.empty()) {
    sink.report(Place{object.file, written->span}, "the namespace is 'default'");
  } else {
    sink.report(object.place, "no namespace, so it may end up in 'default'").absence = true;
  }
}

constexpr Example kExamples[] = {
    {.name = "written",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web, namespace: «default»}\n"
               "spec:\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "none",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "one of its own",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web, namespace: shop}\n"
               "spec:\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "what each namespace has",
     .before = "apiVersion: v1\n"
               "kind: ServiceAccount\n"
               "metadata: {name: default}\n"},
    {.name = "an object without namespace",
     .before = "apiVersion: v1\n"
               "kind: Namespace\n"
               "metadata: {name: shop}\n"},
};

}  // namespace

const Rule& default_namespace_used() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
