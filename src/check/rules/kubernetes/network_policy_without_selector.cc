#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "network-policy-without-selector",
    .title = "A NetworkPolicy that says nothing about whom it is for",
    .severity = Severity::kInfo,
    .control = Control::kNetworkSegmentation,
    .aliases = "trivy:KSV-0038",
    .why =
        "Without podSelector it means every pod of the namespace, in versions that take it "
        "at all; that is rarely what was meant.",
    .fix_note = "Write podSelector; {} means every pod.",
    .sources = "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
};

bool has_selector(const Node* mapping) {
  return manifest::is_present(manifest::child(mapping, "podSelector")) ||
         manifest::is_present(manifest::child(mapping, "namespaceSelector"));
}

bool peers_are_selected(const Node* spec, std::string_view direction, std::string_view side) {
  for (const Node* rule : manifest::elements(manifest::child(spec, direction))) {
    for (const Node* peer : manifest::elements(rule->find(side))) {
      if (has_selector(peer)) return true;
    }
  }
  return false;
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "NetworkPolicy" || manifest::api_group(object) != "networking.k8s.io") return;
  const Node* const spec = object.node->find("spec");
  if (has_selector(spec) || peers_are_selected(spec, "ingress", "from") ||
      peers_are_selected(spec, "egress", "to")) {
    return;
  }
  sink.report(object.place, "selects neither pods nor namespaces");
}

constexpr Example kExamples[] = {
    {.name = "no selector",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: «a»}\n"
               "spec:\n"
               "  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]\n"},
    {.name = "every pod",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {}\n"},
    {.name = "its peers alone",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  ingress: [{from: [{podSelector: {matchLabels: {access: \"true\"}}}]}]\n"},
};

}  // namespace

const Rule& network_policy_without_selector() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
