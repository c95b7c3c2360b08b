#include "check/example_objects.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "parse/yaml_edit.h"

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
    .fix_note =
        "Let readiness ask for what a request needs, and liveness for less or with a higher "
        "failureThreshold, so that a pod is unready for a while before it is killed.",
    .sources =
        "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    .forms = kFormKubernetes,
};

constexpr std::int64_t kUsualFailures = 3;

void check(const Workload& workload, Sink& sink) {
  if (!workload.liveness.is_set() || !workload.readiness.is_set()) return;
  if (workload.liveness.value.test.empty()) return;
  if (workload.liveness.value.test != workload.readiness.value.test) return;
  Finding& finding = sink.report(workload.readiness.place,
                                 "the readiness probe is the same as the liveness probe");
  const Node* const probe =
      workload.node == nullptr ? nullptr : workload.node->find("livenessProbe");
  if (probe == nullptr) return;
  // The pattern of Kubernetes' own pages: unready first, killed only after it stayed so.
  const Node* const failures = probe->find("failureThreshold");
  const std::int64_t patience =
      3 * (failures == nullptr ? kUsualFailures : failures->as_int().value_or(kUsualFailures));
  remedy(finding, "let it be unready for a while before it is killed",
         yaml::put(*workload.file, *probe, {"failureThreshold"},
                   yaml::NewNode::literal(std::to_string(patience))),
         FixSafety::kUnsafe);
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
                "          port: 80\n"},
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata:\n"
              "  name: a\n"
              "spec:\n"
              "  containers:\n"
              "    - name: a\n"
              "      image: nginx:1.27\n"
              "      livenessProbe:\n"
              "        tcpSocket:\n"
              "          port: 80\n"
              "        failureThreshold: 9\n"
              "      readinessProbe:\n"
              "        tcpSocket:\n"
              "          port: 80\n"},
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
