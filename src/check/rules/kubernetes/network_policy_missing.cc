#include <algorithm>
#include <vector>

#include "check/example_objects.h"
#include "check/network_policy.h"
#include "check/rule.h"
#include "core/ascii.h"
#include "parse/yaml_edit.h"

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

/// A policy for the whole namespace, behind the file's last document.
std::string deny_all(const kubernetes::Pod& pod, std::string_view eol) {
  std::string text;
  const auto line = [&](std::string_view content) { (text += content) += eol; };
  line("---");
  line("apiVersion: networking.k8s.io/v1");
  line("kind: NetworkPolicy");
  line("metadata:");
  line("  name: default-deny");
  if (!pod.object->ns.empty()) line("  namespace: " + yaml::quoted(pod.object->ns));
  line("spec:");
  line("  podSelector: {}");
  line("  policyTypes:");
  line("    - Ingress");
  line("    - Egress");
  line("  egress:");
  line("    # names are looked up all the same");
  line("    - ports:");
  line("        - port: 53");
  line("          protocol: UDP");
  line("        - port: 53");
  line("          protocol: TCP");
  return text;
}

void offer(const kubernetes::Pod& pod, Finding& finding) {
  const SourceFile& file = *pod.object->file;
  const std::string_view text = file.text();
  const bool json = ascii::trim(text).starts_with('{');
  if (json || finding.file != &file) {
    finding.unfixed = "the file has no room for another document";
    return;
  }
  const std::string_view eol = ascii::contains(text, "\r\n") ? "\r\n" : "\n";
  const auto end = static_cast<std::uint32_t>(text.size());
  std::string policy = deny_all(pod, eol);
  if (!text.ends_with('\n')) {  // the last line stays without an end
    policy.resize(policy.size() - eol.size());
    policy.insert(0, eol);
  }
  finding.fix =
      Fix{.title = "deny all connections but to DNS",
          .edits = {{{end, end}, std::move(policy)}},
          .safety = FixSafety::kUnsafe,
          .advice = "allow what the programs of the namespace need, one NetworkPolicy each"};
}

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  if (manifests.pods.empty()) return;
  if (!can_compare(network_policy_selectors(manifests), manifests)) {
    sink.unknown("there are too many pods and network policies to compare");
    return;
  }
  std::vector<const kubernetes::Object*> policies;
  for (const kubernetes::Object& object : manifests.objects) {
    if (is_any_network_policy(object)) policies.push_back(&object);
  }
  for (const kubernetes::Pod& pod : manifests.pods) {
    // Network policies do not count for pods in the host's network.
    if (pod.containers.empty() || (pod.host_network.is_set() && pod.host_network.value)) continue;
    const bool selected =
        std::any_of(policies.begin(), policies.end(),
                    [&pod](const kubernetes::Object* one) { return may_select(*one, pod); });
    if (selected) continue;
    Finding& finding =
        sink.missing(*pod.containers.front(), pod.place, "no NetworkPolicy selects it");
    finding.about(pod.containers.front()->id);
    offer(pod, finding);
  }
}

constexpr Example kExamples[] = {
    {.name = "none at all",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: «web», labels: {app: web}}\n"
               "spec: {containers: [{name: web, image: nginx}]}\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata: {name: web, labels: {app: web}}\n"
              "spec: {containers: [{name: web, image: nginx}]}\n"
              "---\n"
              "apiVersion: networking.k8s.io/v1\n"
              "kind: NetworkPolicy\n"
              "metadata:\n"
              "  name: default-deny\n"
              "spec:\n"
              "  podSelector: {}\n"
              "  policyTypes:\n"
              "    - Ingress\n"
              "    - Egress\n"
              "  egress:\n"
              "    # names are looked up all the same\n"
              "    - ports:\n"
              "        - port: 53\n"
              "          protocol: UDP\n"
              "        - port: 53\n"
              "          protocol: TCP\n"},
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
               "  podSelector: {matchLabels: {app: db}}\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata: {name: web, labels: {app: web}}\n"
              "spec: {containers: [{name: web, image: nginx}]}\n"
              "---\n"
              "apiVersion: networking.k8s.io/v1\n"
              "kind: NetworkPolicy\n"
              "metadata: {name: a}\n"
              "spec:\n"
              "  podSelector: {matchLabels: {app: db}}\n"
              "---\n"
              "apiVersion: networking.k8s.io/v1\n"
              "kind: NetworkPolicy\n"
              "metadata:\n"
              "  name: default-deny\n"
              "spec:\n"
              "  podSelector: {}\n"
              "  policyTypes:\n"
              "    - Ingress\n"
              "    - Egress\n"
              "  egress:\n"
              "    # names are looked up all the same\n"
              "    - ports:\n"
              "        - port: 53\n"
              "          protocol: UDP\n"
              "        - port: 53\n"
              "          protocol: TCP\n"},
    {.name = "its own",
     .before = {kWebPod,
                "---\n"
                "apiVersion: networking.k8s.io/v1\n"
                "kind: NetworkPolicy\n"
                "metadata: {name: a}\n"
                "spec:\n"
                "  podSelector: {matchLabels: {app: web}}\n"}},
    {.name = "all of the namespace",
     .before = {kWebPod,
                "---\n"
                "apiVersion: networking.k8s.io/v1\n"
                "kind: NetworkPolicy\n"
                "metadata: {name: a}\n"
                "spec:\n"
                "  podSelector: {}\n"}},
    {.name = "by expression",
     .before =
         {kWebPod,
          "---\n"
          "apiVersion: networking.k8s.io/v1\n"
          "kind: NetworkPolicy\n"
          "metadata: {name: a}\n"
          "spec:\n"
          "  podSelector: {matchExpressions: [{key: app, operator: In, values: [db, web]}]}\n"}},
    {.name = "Cilium's",
     .before = {kWebPod,
                "---\n"
                "apiVersion: cilium.io/v2\n"
                "kind: CiliumNetworkPolicy\n"
                "metadata: {name: a}\n"
                "spec: {}\n"}},
};

}  // namespace

const Rule& network_policy_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
