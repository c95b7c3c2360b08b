#include <algorithm>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "network-policy-dangling",
    .title = "A NetworkPolicy that selects no pod",
    .severity = Severity::kInfo,
    .control = Control::kNetworkSegmentation,
    .aliases = "kube-linter:dangling-networkpolicy kube-score:networkpolicy-targets-pod",
    .why =
        "A policy whose labels no pod has protects nothing; often the labels of the pods "
        "have changed.",
    .fix_note = "Write the labels that the pods have.",
    .sources = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
};

/// So many comparisons of a pod with a policy and no more: there may be thousands of each.
constexpr std::size_t kMostComparisons = 1'000'000;

bool may_select(const Node& selector, std::string_view ns, const kubernetes::Pod& pod) {
  const std::string_view of_pod = pod.object->ns;
  if (of_pod != ns && !of_pod.empty() && !ns.empty()) return false;
  return manifest::selects(selector, manifest::child(pod.metadata, "labels")).value_or(true);
}

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  if (manifests.pods.empty()) return;
  std::size_t budget = kMostComparisons / manifests.pods.size();
  for (const kubernetes::Object& object : manifests.objects) {
    if (object.kind != "NetworkPolicy" || manifest::api_group(object) != "networking.k8s.io")
      continue;
    const Node* const selector = object.at({"spec", "podSelector"});
    if (selector == nullptr || manifest::selects_everything(*selector)) continue;
    if (budget-- == 0) return;
    const bool selects = std::any_of(
        manifests.pods.begin(), manifests.pods.end(),
        [&](const kubernetes::Pod& pod) { return may_select(*selector, object.ns, pod); });
    if (!selects) sink.report(Place{object.file, selector->span}, "no pod here has these labels");
  }
}

constexpr Example kExamples[] = {
    {.name = "labels that nobody has",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web, labels: {app: web}}\n"
               "spec: {containers: [{name: web, image: nginx}]}\n"
               "---\n"
               "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: «{matchLabels: {app: db}}»\n"},
    {.name = "labels of a pod",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web, labels: {app: web}}\n"
               "spec: {containers: [{name: web, image: nginx}]}\n"
               "---\n"
               "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {matchLabels: {app: web}}\n"},
    {.name = "no pods at hand",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {matchLabels: {app: web}}\n"},
    {.name = "all pods",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web, labels: {app: web}}\n"
               "spec: {containers: [{name: web, image: nginx}]}\n"
               "---\n"
               "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {}\n"},
};

}  // namespace

const Rule& network_policy_dangling() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
