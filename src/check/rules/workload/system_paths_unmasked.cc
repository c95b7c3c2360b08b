#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "system-paths-unmasked",
    .title = "The kernel's files are not masked",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kSafe,
    .aliases = "trivy:KSV-0027 kube-linter:unsafe-proc-mount polaris:procMount",
    .why =
        "Unmasked, root of the container can read the kernel's memory map and write its settings.",
    .fix_note = "Delete the line. Nested containers need it only inside a user namespace.",
    .sources =
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline "
        "https://docs.docker.com/engine/containers/run/",
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.proc_mount.is_set()) return;
  if (!ascii::iequals(workload.proc_mount.value, "unconfined") &&
      !ascii::iequals(workload.proc_mount.value, "unmasked")) {
    return;
  }
  remedy(
      sink.report(workload.proc_mount.place, "the kernel's files in /proc and /sys are not masked"),
      "mask them again", spelling::take_out(workload, workload.proc_mount.place),
      FixSafety::kUnsafe);
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n"
               "    security_opt: [«systempaths=unconfined»]\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        procMount: «Unmasked»\n"}},
    {.name = "the default",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        procMount: Default\n"}},
    {.name = "not said", .before = "services:\n  web:\n    image: nginx:1.27\n"},
};

}  // namespace

const Rule& system_paths_unmasked() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
