#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/replicas.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "autoscaled-replicas-written",
    .title = "Replicas are written although an autoscaler sets them",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured",
    .why =
        "Each time the manifest is applied the pods that the autoscaler added are gone, just when "
        "they are needed.",
    .fix_note =
        "Unsafe: delete replicas; when it is taken from a live object there is one pod for a "
        "moment.",
    .sources =
        "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"
        "#migrating-deployments-and-statefulsets-to-horizontal-autoscaling",
};

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  const ObjectNames scaled = autoscaled(manifests);
  for (const kubernetes::Object& object : manifests.objects) {
    if (!keeps_replicas(object) || !scaled.hold(object.kind, object.name, object.ns)) continue;
    const Node::Entry* const replicas = object.node->find("spec")->find_entry("replicas");
    if (replicas == nullptr || !manifest::is_present(replicas->value)) continue;
    sink.report(Place{object.file, {replicas->key->span.begin, replicas->value->span.end}},
                "an autoscaler sets the number of pods too");
  }
}

constexpr Example kExamples[] = {
    {.name = "both",
     .before = {"apiVersion: apps/v1\n"
                "kind: Deployment\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  «replicas: 1»\n"
                "  selector: {matchLabels: {app: web}}\n"
                "  template:\n"
                "    metadata: {labels: {app: web}}\n"
                "    spec: {containers: [{name: web, image: nginx}]}\n"
                "---\n",
                kWebAutoscaler}},
    {.name = "the autoscaler alone", .before = {kWebDeployment, "---\n", kWebAutoscaler}},
    {.name = "of another one",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  replicas: 1\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"
               "---\n"
               "apiVersion: autoscaling/v2\n"
               "kind: HorizontalPodAutoscaler\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  maxReplicas: 9\n"
               "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: db}\n"},
};

}  // namespace

const Rule& autoscaled_replicas_written() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
