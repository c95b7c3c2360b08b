#include "check/example_objects.h"
#include "check/probe.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "liveness-probe-missing",
    .title = "No liveness probe",
    .severity = Severity::kLow,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "checkov:CKV_K8S_8 kube-score:pod-probes kube-linter:no-liveness-probe "
        "polaris:livenessProbeMissing",
    .why = "A process that hangs is never restarted: the kubelet only sees that it runs.",
    .fix_note =
        "Ask for something cheap that depends on nothing but the process; a probe that asks the "
        "database restarts all replicas when the database is slow.",
    .sources =
        "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  report_missing_probe(workload, workload.liveness, "liveness probe",
                       spelling::Attribute::kLivenessProbe, sink);
}

constexpr Example kExamples[] = {
    {.name = "none", .file = "pod.yaml", .before = kPodLackingIt},
    {.name = "the other one",
     .file = "pod.yaml",
     .before = {kPodLackingIt,
                "      readinessProbe:\n"
                "        httpGet:\n"
                "          port: 80\n"}},
    {.name = "there is one",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      livenessProbe:\n"
                "        httpGet:\n"
                "          port: 80\n"}},
    {.name = "init containers end",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      livenessProbe:\n"
                "        httpGet:\n"
                "          port: 80\n"
                "  initContainers:\n"
                "    - name: b\n"
                "      image: busybox:1.36\n"}},
    {.name = "jobs end",
     .file = "pod.yaml",
     .before = "apiVersion: batch/v1\n"
               "kind: Job\n"
               "metadata:\n"
               "  name: j\n"
               "spec:\n"
               "  template:\n"
               "    spec:\n"
               "      restartPolicy: Never\n"
               "      containers:\n"
               "        - name: a\n"
               "          image: busybox:1.36\n"},
};

}  // namespace

const Rule& liveness_probe_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
