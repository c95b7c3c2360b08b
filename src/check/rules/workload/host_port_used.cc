#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "host-port-used",
    .title = "A pod takes a port of its node",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0024 checkov:CKV_K8S_26 polaris:hostPortSet",
    .why =
        "The port is open on the node itself, past network policies, and only one such pod fits "
        "on a node.",
    .fix_note = "Put a Service before the pod.",
    .sources = "https://kubernetes.io/docs/concepts/configuration/overview/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  if (workload.ports.empty() || workload.node == nullptr) return;
  // Not from workload.ports: with the host's network every port there is one of the host.
  const Node* const ports = workload.node->find("ports");
  if (ports == nullptr) return;
  for (const Node* const port : ports->items) {
    const Node* const host_port = port->find("hostPort");
    if (host_port == nullptr || host_port->str().empty() || host_port->str() == "0") continue;
    const Place place{workload.file, host_port->span};
    Finding& finding =
        sink.report(place, "port '" + std::string(host_port->str()) + "' of the node is taken");
    remedy(finding, "leave the node's port alone", spelling::take_out(workload, place),
           FixSafety::kUnsafe);
    if (finding.fix) finding.fix->advice = "put a Service before '" + workload.name + "'";
  }
}

constexpr Example kExamples[] = {
    {.name = "a host port",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      ports:\n"
                "        - containerPort: 8080\n"
                "          hostPort: «8080»\n"},
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: a\n"
              "spec:\n"
              "  containers:\n"
              "    - name: a\n"
              "      image: nginx:1.27\n"
              "      ports:\n"
              "        - containerPort: 8080\n"},
    {.name = "none",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      ports:\n"
                "        - containerPort: 8080\n"}},
    {.name = "zero is none",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      ports:\n"
                "        - containerPort: 8080\n"
                "          hostPort: 0\n"}},
};

}  // namespace

const Rule& host_port_used() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
