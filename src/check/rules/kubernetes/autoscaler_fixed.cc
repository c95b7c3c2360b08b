#include <optional>
#include <string>

#include "check/replicas.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "autoscaler-fixed",
    .title = "An autoscaler that cannot scale",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .aliases = "polaris:hpaMaxAvailability",
    .why = "The least is the most: there is nothing between the two, so load changes nothing.",
    .fix_note =
        "Raise maxReplicas, or set the replicas of the Deployment and delete the autoscaler.",
    .sources = "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (!is_autoscaler(object)) return;
  const Node* const least = object.at({"spec", "minReplicas"});
  const Node* const most = object.at({"spec", "maxReplicas"});
  if (most == nullptr) return;
  const std::optional<std::int64_t> low = least == nullptr ? 1 : least->as_int();
  const std::optional<std::int64_t> high = most->as_int();
  if (!low || !high || *low < *high) return;
  sink.report(Place{object.file, most->span},
              "at most " + std::to_string(*high) + " pods, and at least " + std::to_string(*low));
}

constexpr Example kExamples[] = {
    {.name = "the same",
     .before = "apiVersion: autoscaling/v2\n"
               "kind: HorizontalPodAutoscaler\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  minReplicas: 3\n"
               "  maxReplicas: «3»\n"
               "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n"},
    {.name = "one by default",
     .before = "apiVersion: autoscaling/v2\n"
               "kind: HorizontalPodAutoscaler\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  maxReplicas: «1»\n"
               "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n"},
    {.name = "a range",
     .before = "apiVersion: autoscaling/v2\n"
               "kind: HorizontalPodAutoscaler\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  minReplicas: 2\n"
               "  maxReplicas: 9\n"
               "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n"},
    {.name = "filled in by a tool",
     .before = "apiVersion: autoscaling/v2\n"
               "kind: HorizontalPodAutoscaler\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  minReplicas: 3\n"
               "  maxReplicas: ${MAX}\n"
               "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n"},
};

}  // namespace

const Rule& autoscaler_fixed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
