#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "privileged-container",
    .title = "The container is privileged",
    .severity = Severity::kCritical,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0017 checkov:CKV_K8S_16 kics:ae5b6871 semgrep:privileged-service "
        "semgrep:privileged-container compose-lint:CL-0002 cis-docker:5.5 "
        "kube-score:container-security-context-privileged kubesec:Privileged "
        "kube-linter:privileged-container polaris:runAsPrivileged",
    .why =
        "A privileged container is root on the host: it can mount the host's disks and load kernel "
        "modules.",
    .fix_note = "Delete it and add the one capability or device that is really needed.",
    .sources =
        "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.privileged.is_known()) {
    sink.unknown("privileged comes from a variable");
    return;
  }
  if (!workload.privileged.is_set() || !workload.privileged.value) return;
  remedy(sink.report(workload.privileged.place,
                     "the container is privileged: every capability, every device, no seccomp or "
                     "AppArmor profile"),
         "take the privileges away", spelling::take_out(workload, workload.privileged.place),
         FixSafety::kUnsafe);
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    privileged: «true»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        privileged: «true»\n"}},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run «--privileged» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "a container that is running",
     .file = "inspect.json",
     .before = "[{\"Name\": \"/web\", \"Config\": {\"Image\": \"node:22\"}, \"HostConfig\": "
               "{\"Privileged\": «true»}}]\n"},
    {.name = "said to be off",
     .before = "services:\n  web:\n    image: nginx:1.27\n    privileged: false\n"},
    {.name = "not said", .before = "services:\n  web:\n    image: nginx:1.27\n"},
};

}  // namespace

const Rule& privileged_container() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
