#include "check/example_objects.h"
#include "check/probe.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "readiness-probe-missing",
    .title = "No readiness probe",
    .severity = Severity::kLow,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "checkov:CKV_K8S_9 kube-score:pod-probes kube-linter:no-readiness-probe "
        "polaris:readinessProbeMissing",
    .why =
        "The pod gets requests from its first second on, before it can answer them, and goes on "
        "getting them when it no longer can.",
    .fix_note = "Ask for what the pod needs to serve a request.",
    .sources =
        "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  report_missing_probe(workload, workload.readiness, "readiness probe",
                       spelling::Attribute::kReadinessProbe, sink);
}

constexpr Example kExamples[] = {
    {.name = "none", .file = "pod.yaml", .before = kPodLackingIt},
    {.name = "the other one",
     .file = "pod.yaml",
     .before = {kPodLackingIt,
                "      livenessProbe:\n"
                "        httpGet:\n"
                "          port: 80\n"}},
    {.name = "there is one",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      readinessProbe:\n"
                "        httpGet:\n"
                "          port: 80\n"}},
    {.name = "init containers end",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      readinessProbe:\n"
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

const Rule& readiness_probe_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
