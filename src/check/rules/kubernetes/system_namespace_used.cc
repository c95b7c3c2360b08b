#include <algorithm>
#include <iterator>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "system-namespace-used",
    .title = "A workload in kube-system",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .aliases = "trivy:KSV-0037",
    .why =
        "Secrets and service accounts of the cluster itself are in reach there, and "
        "admission policies usually leave the namespace out.",
    .fix_note = "Give it a namespace of its own.",
    .sources = "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
};

constexpr std::string_view kControlPlane[] = {
    "kube-apiserver", "etcd",       "kube-controller-manager",
    "kube-scheduler", "kube-proxy", "kube-dns"};

/// What Kubernetes itself is made of.
bool is_control_plane(const kubernetes::Pod& pod) {
  const Node* const metadata = pod.metadata;
  for (const std::string_view key : {"component", "k8s-app"}) {
    const std::string_view name = manifest::label(metadata, key);
    if (std::find(std::begin(kControlPlane), std::end(kControlPlane), name) !=
        std::end(kControlPlane)) {
      return true;
    }
  }
  return false;
}

void check(const kubernetes::Pod& pod, Sink& sink) {
  if (pod.object->ns != "kube-system" || is_control_plane(pod)) return;
  const Node* const written = pod.object->at({"metadata", "namespace"});
  sink.report(Place{pod.object->file, written->span}, "runs beside the cluster's own components");
}

constexpr Example kExamples[] = {
    {.name = "a program of one's own",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web, namespace: «kube-system»}\n"
               "spec:\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "its own namespace",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web, namespace: shop}\n"
               "spec:\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "a part of the control plane",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web, namespace: kube-system, labels: {component: kube-apiserver, "
               "tier: control-plane}}\n"
               "spec:\n"
               "  containers: [{name: web, image: nginx}]\n"},
};

}  // namespace

const Rule& system_namespace_used() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
