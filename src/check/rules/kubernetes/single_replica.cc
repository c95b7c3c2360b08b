#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/replicas.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "single-replica",
    .title = "A service has one pod",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "kube-score:deployment-replicas polaris:deploymentMissingReplicas",
    .silenced_by = "kube-linter:minimum-three-replicas",
    .why = "While the pod moves to another node, or is replaced after a crash, nobody serves.",
    .fix_note =
        "Unsafe: a program that keeps data, or works through a queue alone, must be able to run "
        "twice.",
    .sources = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#replicas",
};

/// Recreate says that two of it must never run at once.
bool may_run_twice(const kubernetes::Object& deployment) {
  const Node* const strategy = deployment.at({"spec", "strategy", "type"});
  return strategy == nullptr || strategy->str() != "Recreate";
}

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  if (manifests.pods.empty()) return;
  const ObjectNames scaled = autoscaled(manifests);
  for (const kubernetes::Pod& pod : manifests.pods) {
    const kubernetes::Object& object = *pod.object;
    if (object.kind != "Deployment" || !keeps_replicas(object) || pod.containers.empty()) continue;
    if (replicas_of(object) != 1 || !may_run_twice(object)) continue;
    if (scaled.hold(object.kind, object.name, object.ns)) continue;
    const Node* const written = object.at({"spec", "replicas"});
    const bool is_written = manifest::is_present(written);
    const Place place = is_written ? Place{object.file, written->span} : pod.place;
    sink.missing(*pod.containers.front(), place,
                 is_written ? "one replica" : "no replicas are set, so there is one")
        .about(pod.containers.front()->id);
  }
}

constexpr Example kExamples[] = {
    {.name = "written so",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  replicas: «1»\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "not written",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "two",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  replicas: 2\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "an autoscaler decides", .before = {kWebDeployment, "---\n", kWebAutoscaler}},
    {.name = "never two at once",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  strategy: {type: Recreate}\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "scaled down",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  replicas: 0\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "a patch",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  template:\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
};

}  // namespace

const Rule& single_replica() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
