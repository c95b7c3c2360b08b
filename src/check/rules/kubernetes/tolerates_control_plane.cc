#include <algorithm>
#include <iterator>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "tolerates-control-plane",
    .title = "The pod may run on control plane nodes",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .why =
        "A container that breaks out there is beside the API server, etcd and the cluster's "
        "keys.",
    .fix_note = "Take the toleration out, unless the pod is an agent that every node needs.",
    .sources = "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/",
};

constexpr std::string_view kTaints[] = {"node-role.kubernetes.io/control-plane",
                                        "node-role.kubernetes.io/master"};

bool tolerates_control_plane(const Node& toleration) {
  if (!toleration.is_mapping()) return false;
  const Node* const key = toleration.find("key");
  const Node* const how = toleration.find("operator");
  if (!manifest::is_present(key) || key->str().empty()) {
    const Node* const effect = toleration.find("effect");
    const bool schedules = !manifest::is_present(effect) || effect->str() == "NoSchedule";
    return schedules && how != nullptr && how->str() == "Exists";
  }
  return std::find(std::begin(kTaints), std::end(kTaints), key->str()) != std::end(kTaints);
}

void check(const kubernetes::Pod& pod, Sink& sink) {
  if (pod.object->kind == "DaemonSet") return;  // an agent of every node
  for (const Node* toleration : manifest::elements(pod.spec->find("tolerations"))) {
    if (!tolerates_control_plane(*toleration)) continue;
    sink.report(Place{pod.object->file, toleration->span}, "may run beside the API server");
    return;
  }
}

constexpr Example kExamples[] = {
    {.name = "by name",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  tolerations:\n"
               "    - «{key: node-role.kubernetes.io/control-plane, operator: Exists}»\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "every taint",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  tolerations:\n"
               "    - «operator: Exists»\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "an agent of every node",
     .before = "apiVersion: apps/v1\n"
               "kind: DaemonSet\n"
               "metadata: {name: agent}\n"
               "spec:\n"
               "  template:\n"
               "    spec:\n"
               "      tolerations: [{operator: Exists}]\n"
               "      containers: [{name: agent, image: agent}]\n"},
    {.name = "another taint",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  tolerations: [{key: gpu, operator: Exists}]\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "eviction alone",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  tolerations: [{operator: Exists, effect: NoExecute}]\n"
               "  containers: [{name: web, image: nginx}]\n"},
};

}  // namespace

const Rule& tolerates_control_plane() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
