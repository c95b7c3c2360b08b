#include "check/example_objects.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "probes-identical",
    .title = "Liveness and readiness ask the same",
    .severity = Severity::kLow,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "kube-score:pod-probes",
    .why =
        "What only makes a pod unready for a moment now restarts it, and under load one pod after "
        "the other.",
    .fix_note = "Let readiness ask for what a request needs, and liveness for less.",
    .sources =
        "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.liveness.is_set() || !workload.readiness.is_set()) return;
  if (workload.liveness.value.test.empty()) return;
  if (workload.liveness.value.test != workload.readiness.value.test) return;
  sink.report(workload.readiness.place, "the readiness probe is the same as the liveness probe");
}

constexpr Example kExamples[] = {
    {.name = "the same",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      livenessProbe:\n"
                "        tcpSocket:\n"
                "          port: 80\n"
                "      «readinessProbe»:\n"
                "        tcpSocket:\n"
                "          port: 80\n"}},
    {.name = "another path",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      livenessProbe:\n"
                "        httpGet:\n"
                "          path: /live\n"
                "          port: 80\n"
                "      readinessProbe:\n"
                "        httpGet:\n"
                "          path: /ready\n"
                "          port: 80\n"}},
    {.name = "more patience",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      livenessProbe:\n"
                "        tcpSocket:\n"
                "          port: 80\n"
                "        failureThreshold: 10\n"
                "      readinessProbe:\n"
                "        tcpSocket:\n"
                "          port: 80\n"}},
};

}  // namespace

const Rule& probes_identical() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
