#include <string>
#include <vector>

#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/replicas.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "autoscaler-dangling",
    .title = "An autoscaler whose target is not there",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .aliases =
        "kube-score:horizontalpodautoscaler-has-target "
        "kube-linter:dangling-horizontalpodautoscaler",
    .why = "Nothing is scaled, and under load nobody notices why.",
    .fix_note = "Name the Deployment or StatefulSet as it is called now.",
    .sources = "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
};

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  std::vector<const kubernetes::Object*> scalers;
  for (const kubernetes::Object& object : manifests.objects) {
    if (is_autoscaler(object)) scalers.push_back(&object);
  }
  if (scalers.empty()) return;
  const ObjectNames names(manifests);
  for (const kubernetes::Object* scaler : scalers) {
    const Node* const target = scaler->at({"spec", "scaleTargetRef"});
    const Node* const kind = manifest::child(target, "kind");
    const Node* const name = manifest::child(target, "name");
    if (kind == nullptr || name == nullptr) continue;
    if (!names.lack(kind->str(), name->str(), *scaler)) continue;
    sink.report(
        Place{scaler->file, name->span},
        "no " + std::string(kind->str()) + " here is called '" + std::string(name->str()) + "'");
  }
}

constexpr Example kExamples[] = {
    {.name = "another name",
     .before = {kWebDeployment,
                "---\n"
                "apiVersion: autoscaling/v2\n"
                "kind: HorizontalPodAutoscaler\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  maxReplicas: 9\n"
                "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: «wep»}\n"}},
    {.name = "its name", .before = {kWebDeployment, "---\n", kWebAutoscaler}},
    {.name = "of a kind that is not at hand",
     .before = {kWebDeployment,
                "---\n"
                "apiVersion: autoscaling/v2\n"
                "kind: HorizontalPodAutoscaler\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  maxReplicas: 9\n"
                "  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: db}\n"}},
    {.name = "alone", .before = kWebAutoscaler},
};

}  // namespace

const Rule& autoscaler_dangling() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
