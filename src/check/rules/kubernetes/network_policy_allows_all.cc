#include <algorithm>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "network-policy-allows-all",
    .title = "A NetworkPolicy that lets everybody in",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .why =
        "The pods look protected and are not: each address and each pod may connect, to "
        "every port.",
    .fix_note = "Name who may connect (`from`) or what may be connected to (`ports`).",
    .sources =
        "https://kubernetes.io/docs/concepts/services-networking/network-policies/"
        "#allow-all-ingress-traffic",
};

bool is_anywhere(const Node& peer) {
  const std::string_view block = [&peer] {
    const Node* const cidr = peer.at({"ipBlock", "cidr"});
    return cidr == nullptr ? std::string_view{} : cidr->str();
  }();
  if (block == "0.0.0.0/0" || block == "::/0") {
    return manifest::elements(peer.at({"ipBlock", "except"})).empty();
  }
  const Node* const namespaces = peer.find("namespaceSelector");
  const Node* const pods = peer.find("podSelector");
  return namespaces != nullptr && manifest::selects_everything(*namespaces) &&
         (pods == nullptr || manifest::selects_everything(*pods));
}

bool allows_all(const Node& rule) {
  if (!rule.is_mapping() || !manifest::elements(rule.find("ports")).empty()) return false;
  const auto peers = manifest::elements(rule.find("from"));
  return peers.empty() || std::any_of(peers.begin(), peers.end(),
                                      [](const Node* peer) { return is_anywhere(*peer); });
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "NetworkPolicy" || manifest::api_group(object) != "networking.k8s.io") return;
  for (const Node* rule : manifest::elements(object.at({"spec", "ingress"}))) {
    if (!allows_all(*rule)) continue;
    sink.report(Place{object.file, rule->span}, "everybody may connect, to every port");
  }
}

constexpr Example kExamples[] = {
    {.name = "an empty rule",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {}\n"
               "  ingress: [«{}»]\n"},
    {.name = "every address",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {}\n"
               "  ingress:\n"
               "    - «from: [{ipBlock: {cidr: 0.0.0.0/0}}]»\n"},
    {.name = "every namespace",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {}\n"
               "  ingress:\n"
               "    - «from: [{namespaceSelector: {}}]»\n"},
    {.name = "one port",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {}\n"
               "  ingress:\n"
               "    - ports: [{port: 443}]\n"},
    {.name = "the pods of the namespace",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {}\n"
               "  ingress:\n"
               "    - from: [{podSelector: {}}]\n"},
    {.name = "nobody",
     .before = "apiVersion: networking.k8s.io/v1\n"
               "kind: NetworkPolicy\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  podSelector: {}\n"
               "  ingress: []\n"},
};

}  // namespace

const Rule& network_policy_allows_all() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
