#include <algorithm>
#include <vector>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "network-policy-missing",
    .title = "No NetworkPolicy selects the pod",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "checkov:CKV2_K8S_6 kube-score:pod-networkpolicy kube-linter:non-isolated-pod "
        "polaris:missingNetworkPolicy",
    .why =
        "Every pod of the cluster can connect to it, and whoever breaks in can connect to "
        "every other pod.",
    .fix_note =
        "Deny everything in the namespace (podSelector: {}), then allow what is needed, one "
        "policy a program.",
    .sources = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
};

/// So many comparisons of a pod with a policy and no more: there may be thousands of each.
constexpr std::size_t kMostComparisons = 1'000'000;

struct Policies {
  std::vector<const kubernetes::Object*> plain;
  bool foreign = false;  ///< Cilium's, Calico's, Istio's: they may select what ours do not
};

Policies policies_of(const kubernetes::Manifests& manifests) {
  Policies policies;
  for (const kubernetes::Object& object : manifests.objects) {
    if (!object.kind.ends_with("NetworkPolicy")) continue;
    if (object.kind == "NetworkPolicy" && manifest::api_group(object) == "networking.k8s.io") {
      policies.plain.push_back(&object);
    } else {
      policies.foreign = true;
    }
  }
  return policies;
}

/// A namespace that is not written is given when the file is applied; it may be any.
bool may_share_namespace(const kubernetes::Object& a, const kubernetes::Object& b) {
  return a.ns == b.ns || a.ns.empty() || b.ns.empty();
}

bool may_select(const kubernetes::Object& policy, const kubernetes::Pod& pod) {
  if (!may_share_namespace(policy, *pod.object)) return false;
  const Node* const selector = policy.at({"spec", "podSelector"});
  if (selector == nullptr) return true;
  return manifest::selects(*selector, manifest::child(pod.metadata, "labels")).value_or(true);
}

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  if (manifests.pods.empty()) return;
  const Policies policies = policies_of(manifests);
  if (policies.foreign) return;
  if (!policies.plain.empty() && manifests.pods.size() > kMostComparisons / policies.plain.size()) {
    sink.unknown("there are too many pods and network policies to compare");
    return;
  }
  for (const kubernetes::Pod& pod : manifests.pods) {
    // Network policies do not count for pods in the host's network.
    if (pod.containers.empty() || (pod.host_network.is_set() && pod.host_network.value)) continue;
    const bool selected =
        std::any_of(policies.plain.begin(), policies.plain.end(),
                    [&pod](const kubernetes::Object* one) { return may_select(*one, pod); });
    if (selected) continue;
    sink.missing(*pod.containers.front(), pod.place, "no NetworkPolicy selects it")
        .about(pod.containers.front()->id);
  }
}

constexpr Example kExamples[] = {
    {.name = "none at all",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: «web», labels: {app: web}}\n"
               "spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "one for another program",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: «web», labels: {app: web}}\n"
               "spec: {containers: [{name: web, image: nginx}]}\n"
               "---\n"
               "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {matchLabels: {app: db}}\n"},
    {.name = "its own",
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
    {.name = "all of the namespace",
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
    {.name = "by expression",
     .before =
         "apiVersion: v1\n"
         "kind: Pod\n"
         "metadata: {name: web, labels: {app: web}}\n"
         "spec: {containers: [{name: web, image: nginx}]}\n"
         "---\n"
         "apiVersion: networking.k8s.io/v1\n"
         "kind: NetworkPolicy\n"
         "metadata: {name: a}\n"
         "spec:\n"
         "  podSelector: {matchExpressions: [{key: app, operator: In, values: [db, web]}]}\n"},
    {.name = "Cilium's",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web, labels: {app: web}}\n"
               "spec: {containers: [{name: web, image: nginx}]}\n"
               "---\n"
               "apiVersion: cilium.io/v2\n"
               "kind: CiliumNetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec: {}\n"},
};

}  // namespace

const Rule& network_policy_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
