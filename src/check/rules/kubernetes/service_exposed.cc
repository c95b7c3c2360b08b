#include <algorithm>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "service-exposed",
    .title = "A Service is reachable from outside the cluster",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .aliases = "kics:845acfbe kics:26763a1c kube-linter:exposed-services kube-score:service-type",
    .why =
        "NodePort opens a port on every node, LoadBalancer an address on the internet, past "
        "the Ingress with its TLS, login and logs.",
    .fix_note =
        "Use ClusterIP behind an Ingress or Gateway; where a load balancer is meant, make it "
        "internal or name loadBalancerSourceRanges.",
    .sources =
        "https://kubernetes.io/docs/concepts/services-networking/service/"
        "#publishing-services-service-types",
};

/// "…-internal: true", "load-balancer-type: Internal", "scheme: internal": inside the network.
bool is_internal(const kubernetes::Object& object) {
  for (const Node::Entry& entry : manifest::entries(object.at({"metadata", "annotations"}))) {
    const std::string_view value = entry.value->str();
    if (ascii::icontains(value, "internal")) return true;
    if (ascii::icontains(entry.key->str(), "internal") && !ascii::iequals(value, "false"))
      return true;
  }
  return false;
}

bool has_source_ranges(const kubernetes::Object& object) {
  const auto ranges = manifest::elements(object.at({"spec", "loadBalancerSourceRanges"}));
  return !ranges.empty() && std::none_of(ranges.begin(), ranges.end(), [](const Node* range) {
    return range->str() == "0.0.0.0/0" || range->str() == "::/0";
  });
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "Service" || object.api_version != "v1") return;
  const Node* const type = object.at({"spec", "type"});
  if (type == nullptr) return;
  if (type->str() == "NodePort") {
    sink.report(Place{object.file, type->span}, "opens a port on every node");
  } else if (type->str() == "LoadBalancer" && !is_internal(object) && !has_source_ranges(object)) {
    sink.report(Place{object.file, type->span}, "gets an address that everybody can reach");
  }
}

constexpr Example kExamples[] = {
    {.name = "a port on each node",
     .before = "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  type: «NodePort»\n"
               "  ports: [{port: 80}]\n"},
    {.name = "a load balancer",
     .before = "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  type: «LoadBalancer»\n"
               "  ports: [{port: 80}]\n"},
    {.name = "within the cluster",
     .before = "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  type: ClusterIP\n"
               "  ports: [{port: 80}]\n"},
    {.name = "an internal load balancer",
     .before = "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web, annotations: "
               "{service.beta.kubernetes.io/aws-load-balancer-internal: \"true\"}}\n"
               "spec:\n"
               "  type: LoadBalancer\n"
               "  ports: [{port: 80}]\n"},
    {.name = "for some addresses",
     .before = "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  type: LoadBalancer\n"
               "  loadBalancerSourceRanges: [203.0.113.0/24]\n"
               "  ports: [{port: 80}]\n"},
};

}  // namespace

const Rule& service_exposed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
