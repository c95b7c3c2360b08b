#include "check/example_objects.h"
#include "check/rule.h"
#include "check/security_context.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "windows-host-process",
    .title = "The container is a process of the Windows host",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0103 polaris:hostProcess",
    .why = "Such a container sees all files and devices of the node; nothing separates it.",
    .fix_note =
        "Delete it unless the pod administers the node, and then keep it in a namespace of its "
        "own.",
    .sources =
        "https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/ "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  const Node* field = security_context_field(workload, "windowsOptions", "hostProcess");
  if (field == nullptr || field->as_bool() != true) return;
  sink.report(field->span, "the container is a process of the Windows host, with its rights");
}

constexpr Example kExamples[] = {
    {.name = "of the container",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        windowsOptions:\n"
                "          hostProcess: «true»\n"}},
    {.name = "of the pod",
     .file = "pod.yaml",
     .before = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  hostNetwork: true\n"
               "  securityContext:\n    windowsOptions:\n      hostProcess: «true»\n  containers:\n"
               "    - name: web\n      image: nginx:1.27\n"},
    {.name = "off",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        windowsOptions:\n"
                "          hostProcess: false\n"}},
};

}  // namespace

const Rule& windows_host_process() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
