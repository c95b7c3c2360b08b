#include "check/manifest.h"
#include "check/replicas.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "autoscaler-minimum-one",
    .title = "An autoscaler goes down to one pod",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "kube-score:horizontalpodautoscaler-replicas polaris:hpaMinAvailability",
    .silenced_by = "kube-linter:hpa-minimum-three-replicas",
    .why =
        "When there is little to do a single pod serves, and while it moves to another node nobody "
        "does.",
    .fix_note = "Set minReplicas: 2.",
    .sources = "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!is_autoscaler(object)) return;
  const Node* const least = object.at({"spec", "minReplicas"});
  if (!manifest::is_present(least)) {
    sink.report(object.place, "no minReplicas, so one pod may be all there is");
  } else if (least->as_int() == 1) {
    sink.report(Place{object.file, least->span}, "one pod may be all there is");
  }
}

constexpr Example kExamples[] = {
    {.name = "written so",
     .before = "apiVersion: autoscaling/v2\n"
               "kind: HorizontalPodAutoscaler\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  minReplicas: «1»\n"
               "  maxReplicas: 9\n"
               "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n"},
    {.name = "not written",
     .before = "apiVersion: autoscaling/v2\n"
               "kind: HorizontalPodAutoscaler\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  maxReplicas: 9\n"
               "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n"},
    {.name = "two",
     .before = "apiVersion: autoscaling/v2\n"
               "kind: HorizontalPodAutoscaler\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  minReplicas: 2\n"
               "  maxReplicas: 9\n"
               "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n"},
};

}  // namespace

const Rule& autoscaler_minimum_one() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
