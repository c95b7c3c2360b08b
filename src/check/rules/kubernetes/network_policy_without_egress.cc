#include <algorithm>
#include <vector>

#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/network_policy.h"
#include "check/object_names.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "network-policy-without-egress",
    .title = "Pods may connect to anywhere",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "The policies say who may come in, and none where the pods may go: whoever breaks into one "
        "can fetch tools, send data away and ask the cloud for its keys.",
    .fix_note =
        "Unsafe: add Egress to policyTypes and allow DNS and what the program calls; everything "
        "else is refused from then on.",
    .sources =
        "https://kubernetes.io/docs/concepts/services-networking/network-policies/"
        "#default-deny-all-egress-traffic",
};

bool limits_egress(const kubernetes::Object& policy) {
  const Node* const types = policy.at({"spec", "policyTypes"});
  if (!manifest::is_present(types)) return manifest::is_present(policy.at({"spec", "egress"}));
  const auto listed = manifest::elements(types);
  return std::any_of(listed.begin(), listed.end(), [](const Node* type) {
    return type->str() == "Egress" || manifest::is_template(type->str());
  });
}

using Selectors = std::vector<PodSelector>;

struct Policies {
  Selectors open;  ///< say nothing about where pods may go
  Selectors limiting;
};

Policies policies_of(const kubernetes::Manifests& manifests) {
  Policies policies;
  for (const PodSelector& selector : network_policy_selectors(manifests)) {
    (limits_egress(*selector.object) ? policies.limiting : policies.open).push_back(selector);
  }
  return policies;
}

/// Cilium's, Calico's, the administrator's: they may limit what these do not.
bool has_other_policies(const kubernetes::Manifests& manifests) {
  return std::any_of(manifests.objects.begin(), manifests.objects.end(),
                     [](const kubernetes::Object& object) {
                       return is_any_network_policy(object) && !is_network_policy(object);
                     });
}

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  const Policies policies = policies_of(manifests);
  if (policies.open.empty() || has_other_policies(manifests)) return;
  if (!can_compare(policies.open, manifests) || !can_compare(policies.limiting, manifests)) return;
  std::vector<bool> limited;
  limited.reserve(manifests.pods.size());
  for (const kubernetes::Pod& pod : manifests.pods) {
    limited.push_back(is_selected(pod, policies.limiting));
  }
  ObjectNames limiting;  // the namespaces, for pods that are not at hand
  for (const PodSelector& one : policies.limiting) {
    limiting.add({}, {}, one.object->ns);
  }
  for (const PodSelector& policy : policies.open) {
    bool has_pods = false;
    bool has_open_pod = false;
    for (std::size_t i = 0; i < manifests.pods.size(); ++i) {
      if (selects(policy, manifests.pods[i]) == Selection::kNo) continue;
      has_pods = true;
      has_open_pod = has_open_pod || !limited[i];
    }
    const kubernetes::Object& object = *policy.object;
    if (!has_pods) has_open_pod = !limiting.hold({}, {}, object.ns);
    if (has_open_pod) sink.report(object.place, "its pods may connect to anywhere");
  }
}

constexpr Example kExamples[] = {
    {.name = "who comes in alone",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: «a»}\n"
               "spec:\n"
               "  podSelector: {}\n"
               "  policyTypes: [Ingress]\n"},
    {.name = "by default",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: «a»}\n"
               "spec:\n"
               "  podSelector: {matchLabels: {app: web}}\n"
               "  ingress: [{from: [{podSelector: {}}]}]\n"},
    {.name = "both",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {}\n"
               "  policyTypes: [Ingress, Egress]\n"},
    {.name = "egress rules",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {}\n"
               "  egress: [{ports: [{port: 53}]}]\n"},
    {.name = "another policy denies it for all",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {matchLabels: {app: web}}\n"
               "  policyTypes: [Ingress]\n"
               "---\n"
               "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: deny}\n"
               "spec:\n"
               "  podSelector: {}\n"
               "  policyTypes: [Egress]\n"},
    {.name = "another policy, for another program",
     .before = {kWebPod,
                "---\n"
                "apiVersion: networking.k8s.io/v1\n"
                "kind: NetworkPolicy\n"
                "metadata: {name: «a»}\n"
                "spec:\n"
                "  podSelector: {matchLabels: {app: web}}\n"
                "  policyTypes: [Ingress]\n"
                "---\n"
                "apiVersion: networking.k8s.io/v1\n"
                "kind: NetworkPolicy\n"
                "metadata: {name: b}\n"
                "spec:\n"
                "  podSelector: {matchLabels: {app: db}}\n"
                "  policyTypes: [Egress]\n"}},
    {.name = "Cilium decides",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {}\n"
               "  policyTypes: [Ingress]\n"
               "---\n"
               "apiVersion: cilium.io/v2\n"
               "kind: CiliumNetworkPolicy\n"
               "metadata: {name: b}\n"
               "spec: {}\n"},
};

}  // namespace

const Rule& network_policy_without_egress() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
