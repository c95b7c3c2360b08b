#include <algorithm>

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
  if (manifests.pods.empty() || !can_compare_policies(manifests)) return;
  for (const kubernetes::Object& object : manifests.objects) {
    if (!is_network_policy(object)) continue;
    const Node* const selector = object.at({"spec", "podSelector"});
    if (selector == nullptr || manifest::selects_everything(*selector)) continue;
    const bool selects =
        std::any_of(manifests.pods.begin(), manifests.pods.end(),
                    [&object](const kubernetes::Pod& pod) { return may_select(object, pod); });
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
