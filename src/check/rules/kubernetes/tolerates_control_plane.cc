#include <algorithm>
#include <iterator>

#include "check/manifest.h"
#include "check/remedy.h"
#include "check/rule.h"
#include "parse/yaml_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "tolerates-control-plane",
    .title = "The pod may run on control plane nodes",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
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

/// Of every toleration that lets it go there.
yaml::Edits without_them(const kubernetes::Pod& pod, const Node& tolerations) {
  const SourceFile& file = *pod.object->file;
  if (std::all_of(tolerations.items.begin(), tolerations.items.end(),
                  [](const Node* each) { return tolerates_control_plane(*each); })) {
    return yaml::remove(file, *pod.spec, "tolerations");
  }
  yaml::Edits edits = std::vector<Edit>{};
  for (std::size_t i = 0; i < tolerations.items.size() && edits; ++i) {
    if (!tolerates_control_plane(*tolerations.items[i])) continue;
    const yaml::Edits more = yaml::remove_item(file, *pod.spec, "tolerations", i);
    if (!more) return more;
    edits->insert(edits->end(), more->begin(), more->end());
  }
  return edits;
}

void check(const kubernetes::Pod& pod, Sink& sink) {
  if (pod.object->kind == "DaemonSet") return;  // an agent of every node
  const Node* const tolerations = pod.spec->find("tolerations");
  for (const Node* toleration : manifest::elements(tolerations)) {
    if (!tolerates_control_plane(*toleration)) continue;
    remedy(sink.report(Place{pod.object->file, toleration->span}, "may run beside the API server"),
           "keep it off the control plane", without_them(pod, *tolerations), FixSafety::kUnsafe);
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
               "  containers: [{name: web, image: nginx}]\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata: {name: web}\n"
              "spec:\n"
              "  containers: [{name: web, image: nginx}]\n"},
    {.name = "under both names, beside another taint",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  tolerations:\n"
               "    - «key: node-role.kubernetes.io/control-plane»\n"
               "    - key: gpu\n"
               "      operator: Exists\n"
               "    - key: node-role.kubernetes.io/master\n"
               "  containers: [{name: web, image: nginx}]\n",
     .after = "apiVersion: v1\n"
              "kind: Pod\n"
              "metadata: {name: web}\n"
              "spec:\n"
              "  tolerations:\n"
              "    - key: gpu\n"
              "      operator: Exists\n"
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
