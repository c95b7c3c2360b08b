#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "seccomp-disabled",
    .title = "System call filtering is switched off",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .fix_safety = FixSafety::kSafe,
    .aliases =
        "trivy:KSV-0104 checkov:CKV_K8S_31 kics:404fde2c semgrep:seccomp-confinement-disabled "
        "compose-lint:CL-0009 cis-docker:5.22 kubesec:SeccompUnconfined "
        "kube-score:container-seccomp-profile",
    .why = "The default profile blocks the system calls that most kernel exploits need.",
    .fix_note =
        "Delete the line; where one blocked call is needed, allow it in a profile of your own.",
    .sources =
        "https://docs.docker.com/engine/security/seccomp/ "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.seccomp.is_known()) {
    sink.unknown("the seccomp profile comes from a variable");
    return;
  }
  if (!workload.seccomp.is_set() || !ascii::iequals(workload.seccomp.value, "unconfined")) return;
  Finding& finding =
      sink.report(workload.seccomp.place, "seccomp is switched off: every system call is allowed");
  // Some programs ask for it because they do need a call that the profile forbids.
  const Place place = workload.seccomp.place;
  const bool in_pod = workload.is_kubernetes() && place.file == workload.file &&
                      place.file->slice(place.span) == "Unconfined";
  remedy(finding, "go back to the engine's seccomp profile",
         in_pod ? spelling::Edits(std::vector<Edit>{{place.span, "RuntimeDefault"}})
                : spelling::take_out(workload, place),
         FixSafety::kUnsafe);
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    security_opt:\n"
               "      - «seccomp:unconfined»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "in a pod",
     .file = "pod.yaml",
     .before = {kPodWithWeb,
                "      securityContext:\n"
                "        seccompProfile:\n"
                "          type: «Unconfined»\n"}},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run --security-opt seccomp=«unconfined» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "a profile of its own",
     .before = "services:\n  web:\n    image: nginx:1.27\n"
               "    security_opt: [\"seccomp:./profile.json\"]\n"},
    {.name = "not said", .before = "services:\n  web:\n    image: nginx:1.27\n"},
    {.name = "an annotation that the pod's field beats",
     .file = "pod.yaml",
     .before =
         "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n"
         "    container.seccomp.security.alpha.kubernetes.io/web: unconfined\nspec:\n"
         "  securityContext:\n    seccompProfile:\n      type: RuntimeDefault\n  containers:\n"
         "    - name: web\n      image: nginx:1.27\n"},
};

}  // namespace

const Rule& seccomp_disabled() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
