#include <algorithm>

#include "check/manifest.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "parse/yaml_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "service-exposed",
    .title = "A Service is reachable from outside the cluster",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kUnsafe,
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

/// What only a Service that is reachable from outside may have.
constexpr std::string_view kOutside[] = {"allocateLoadBalancerNodePorts",
                                         "externalTrafficPolicy",
                                         "healthCheckNodePort",
                                         "loadBalancerClass",
                                         "loadBalancerIP",
                                         "loadBalancerSourceRanges"};

yaml::Edits inside_only(const kubernetes::Object& object, const Node& spec, const Node& type) {
  yaml::Edits edits = yaml::replace(*object.file, type, yaml::NewNode::of("ClusterIP"));
  const auto add = [&edits](const yaml::Edits& more) {
    if (!edits) return;
    if (!more) {
      edits = more;
    } else {
      edits->insert(edits->end(), more->begin(), more->end());
    }
  };
  for (const std::string_view key : kOutside) {
    if (spec.find(key) != nullptr) add(yaml::remove(*object.file, spec, key));
  }
  for (const Node* port : manifest::elements(spec.find("ports"))) {
    if (port->find("nodePort") != nullptr) add(yaml::remove(*object.file, *port, "nodePort"));
  }
  return edits;
}

void offer(const kubernetes::Object& object, const Node& type, Finding& finding) {
  const Node* const spec = object.at({"spec"});
  remedy(finding, "keep it inside the cluster", inside_only(object, *spec, type),
         FixSafety::kUnsafe);
  if (finding.fix) {
    finding.fix->advice = "let an Ingress or a Gateway lead to '" + std::string(object.name) +
                          "' where it has to be reached from outside";
  }
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "Service" || object.api_version != "v1") return;
  const Node* const type = object.at({"spec", "type"});
  if (type == nullptr) return;
  if (type->str() == "NodePort") {
    offer(object, *type, sink.report(Place{object.file, type->span}, "opens a port on every node"));
  } else if (type->str() == "LoadBalancer" && !is_internal(object) && !has_source_ranges(object)) {
    offer(object, *type,
          sink.report(Place{object.file, type->span}, "gets an address that everybody can reach"));
  }
}

constexpr Example kExamples[] = {
    {.name = "a port on each node",
     .before = "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  type: «NodePort»\n"
               "  externalTrafficPolicy: Local\n"
               "  ports:\n"
               "    - port: 80\n"
               "      nodePort: 30080  # of every node\n",
     .after = "apiVersion: v1\n"
              "kind: Service\n"
              "metadata: {name: web}\n"
              "spec:\n"
              "  type: ClusterIP\n"
              "  ports:\n"
              "    - port: 80\n"},
    {.name = "a load balancer",
     .before = "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  type: «LoadBalancer»\n"
               "  ports: [{port: 80}]\n",
     .after = "apiVersion: v1\n"
              "kind: Service\n"
              "metadata: {name: web}\n"
              "spec:\n"
              "  type: ClusterIP\n"
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
