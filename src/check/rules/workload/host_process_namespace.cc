#include "check/host_namespace.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "host-process-namespace",
    .title = "The container sees the host's processes",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0010 checkov:CKV_K8S_17 compose-lint:CL-0010 cis-docker:5.16 "
        "semgrep:hostpid-pod kubesec:HostPID kube-linter:host-pid polaris:hostPIDSet",
    .why =
        "It can read their environment, where secrets are, send them signals and, as root, enter "
        "their namespaces.",
    .fix_note = "Delete it; to look at one other container, join that one (pid: service:NAME).",
    .sources =
        "https://docs.docker.com/engine/containers/run/ "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

void check(const Workload& workload, Sink& sink) {
  report_host_namespace(workload, workload.pid_mode, "the container sees the host's processes",
                        sink);
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    pid: «host»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostPID: «true»\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: p\n"
              "spec:\n"
              "  hostPID: false\n"
              "  containers:\n"
              "    - name: web\n"
              "      image: nginx:1.27\n"},
    {.name = "off in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostPID: false\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run --pid=«host» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "not said", .before = "services:\n  web:\n    image: nginx:1.27\n"},
};

}  // namespace

const Rule& host_process_namespace() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
