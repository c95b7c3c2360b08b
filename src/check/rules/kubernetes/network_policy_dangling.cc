#include <vector>

#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/network_policy.h"
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

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  if (manifests.pods.empty()) return;
  const std::vector<PodSelector> selectors = network_policy_selectors(manifests);
  if (!can_compare(selectors, manifests)) return;
  for (const PodSelector& selector : selectors) {
    if (manifest::selects_everything(*selector.node)) continue;
    if (selects_some(selector, manifests)) continue;
    sink.report(Place{selector.object->file, selector.node->span}, "no pod here has these labels");
  }
}

constexpr Example kExamples[] = {
    {.name = "labels that nobody has",
     .before = {kWebPod,
                "---\n"
                "apiVersion: networking.k8s.io/v1\n"
                "kind: NetworkPolicy\n"
                "metadata: {name: a}\n"
                "spec:\n"
                "  podSelector: «{matchLabels: {app: db}}»\n"}},
    {.name = "labels of a pod",
     .before = {kWebPod,
                "---\n"
                "apiVersion: networking.k8s.io/v1\n"
                "kind: NetworkPolicy\n"
                "metadata: {name: a}\n"
                "spec:\n"
                "  podSelector: {matchLabels: {app: web}}\n"}},
    {.name = "no pods at hand",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {matchLabels: {app: web}}\n"},
    {.name = "all pods",
     .before = {kWebPod,
                "---\n"
                "apiVersion: networking.k8s.io/v1\n"
                "kind: NetworkPolicy\n"
                "metadata: {name: a}\n"
                "spec:\n"
                "  podSelector: {}\n"}},
};

}  // namespace

const Rule& network_policy_dangling() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
