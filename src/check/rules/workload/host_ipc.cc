#include "check/host_namespace.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "host-ipc",
    .title = "The container shares the host's memory segments",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0008 checkov:CKV_K8S_18 compose-lint:CL-0010 cis-docker:5.17 "
        "semgrep:hostipc-pod kubesec:HostIPC kube-linter:host-ipc polaris:hostIPCSet",
    .why =
        "Programs of the host that share memory, databases among them, can be read and changed "
        "from the container.",
    .fix_note = "Delete it; raise shm_size when that was the reason, or join one other container.",
    .sources =
        "https://docs.docker.com/engine/containers/run/ "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

void check(const Workload& workload, Sink& sink) {
  report_host_namespace(workload, workload.ipc_mode,
                        "the container shares the shared memory and semaphores of the host", sink);
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    ipc: «host»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostIPC: «true»\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: p\n"
              "spec:\n"
              "  hostIPC: false\n"
              "  containers:\n"
              "    - name: web\n"
              "      image: nginx:1.27\n"},
    {.name = "off in a pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostIPC: false\n"
               "  containers:\n    - name: web\n      image: nginx:1.27\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run --ipc=«host» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "not said", .before = "services:\n  web:\n    image: nginx:1.27\n"},
};

}  // namespace

const Rule& host_ipc() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
