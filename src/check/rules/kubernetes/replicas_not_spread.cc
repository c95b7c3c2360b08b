#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/replicas.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "replicas-not-spread",
    .title = "Replicas may all run on one node",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "kube-linter:no-anti-affinity kube-score:deployment-has-host-podantiaffinity "
        "kube-score:statefulset-has-host-podantiaffinity "
        "kube-score:pod-topology-spread-constraints polaris:topologySpreadConstraint",
    .why = "When that node fails, so do all of them, and the number was for nothing.",
    .fix_note =
        "Unsafe: add topologySpreadConstraints or a podAntiAffinity for kubernetes.io/hostname; "
        "with fewer nodes than replicas a strict one leaves pods pending.",
    .sources =
        "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
};

void check(const kubernetes::Pod& pod, Sink& sink) {
  if (!keeps_replicas(*pod.object) || pod.containers.empty()) return;
  if (replicas_of(*pod.object).value_or(1) < 2) return;
  const bool spread = manifest::is_present(pod.spec->at({"affinity", "podAntiAffinity"})) ||
                      manifest::is_present(pod.spec->find("topologySpreadConstraints"));
  if (spread) return;
  sink.missing(*pod.containers.front(), pod.place, "nothing spreads the replicas over the nodes");
}

constexpr Example kExamples[] = {
    {.name = "nothing said",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: «web»}\n"
               "spec:\n"
               "  replicas: 3\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "spread",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  replicas: 3\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}], topologySpreadConstraints: "
               "[{maxSkew: 1}]}\n"},
    {.name = "kept apart",
     .before =
         "apiVersion: apps/v1\n"
         "kind: Deployment\n"
         "metadata: {name: web}\n"
         "spec:\n"
         "  replicas: 3\n"
         "  selector: {matchLabels: {app: web}}\n"
         "  template:\n"
         "    metadata: {labels: {app: web}}\n"
         "    spec: {containers: [{name: web, image: nginx}], affinity: {podAntiAffinity: {}}}\n"},
    {.name = "one pod", .before = kWebDeployment},
};

}  // namespace

const Rule& replicas_not_spread() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
