#include "check/replicas.h"

#include "check/manifest.h"

namespace plimsoll::check {

bool keeps_replicas(const kubernetes::Object& object) {
  const bool is_kind = object.kind == "Deployment" || object.kind == "StatefulSet";
  return is_kind && manifest::api_group(object) == "apps" &&
         manifest::is_present(object.at({"spec", "selector"}));
}

std::optional<std::int64_t> replicas_of(const kubernetes::Object& object) {
  const Node* const replicas = object.at({"spec", "replicas"});
  return manifest::is_present(replicas) ? replicas->as_int() : 1;
}

bool is_autoscaler(const kubernetes::Object& object) {
  return object.kind == "HorizontalPodAutoscaler" && manifest::api_group(object) == "autoscaling";
}

ObjectNames autoscaled(const kubernetes::Manifests& manifests) {
  ObjectNames targets;
  for (const kubernetes::Object& object : manifests.objects) {
    if (!is_autoscaler(object) && object.kind != "ScaledObject") continue;
    const Node* const target = object.at({"spec", "scaleTargetRef"});
    const Node* const name = manifest::child(target, "name");
    if (name == nullptr) continue;
    const Node* const kind = manifest::child(target, "kind");  // KEDA's is a Deployment by default
    targets.add(kind == nullptr ? "Deployment" : kind->str(), name->str(), object.ns);
  }
  return targets;
}

}  // namespace plimsoll::check
