#include "check/host_namespace.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "host-network",
    .title = "The container uses the host's network",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0009 checkov:CKV_K8S_19 compose-lint:CL-0008 cis-docker:5.10 "
        "semgrep:hostnetwork-pod kubesec:HostNetwork kube-linter:host-network "
        "polaris:hostNetworkSet",
    .why =
        "Services that listen on the host's loopback only, the metadata service among them, trust "
        "whoever reaches them; the container now does.",
    .fix_note =
        "Publish the ports that are needed instead. Some discovery protocols do need the host's "
        "network.",
    .sources =
        "https://docs.docker.com/engine/containers/run/ "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

void check(const Workload& workload, Sink& sink) {
  report_host_namespace(
      workload, workload.network_mode,
      "the container uses the host's network: what listens on the host's loopback is open to it",
      sink,
      // In a network of its project's it is one more that the data is open to.
      "network-not-segmented network-policy-missing");
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    network_mode: «host»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostNetwork: «true»\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "off in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostNetwork: false\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run --network «host» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "not said",
     .before = "services:\n  web:\n    image: nginx:1.27\n    networks: [front]\nnetworks:\n"
               "  front: {}\n"},
};

}  // namespace

const Rule& host_network() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
