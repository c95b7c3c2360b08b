#include <string>

#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/object_names.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "stateful-set-without-service",
    .title = "The pods of a StatefulSet have no names",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .aliases = "kube-score:statefulset-has-servicename",
    .why =
        "Each pod of a StatefulSet gets its DNS name from the headless Service; without it they "
        "cannot find each other.",
    .fix_note = "Add a Service with clusterIP: None and the name that serviceName says.",
    .sources =
        "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id",
};

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  if (manifests.pods.empty()) return;
  const ObjectNames names(manifests);
  for (const kubernetes::Object& object : manifests.objects) {
    if (object.kind != "StatefulSet" || manifest::api_group(object) != "apps") continue;
    const Node* const name = object.at({"spec", "serviceName"});
    if (name == nullptr || !names.lack("Service", name->str(), object)) continue;
    sink.report(Place{object.file, name->span},
                "no Service here is called '" + std::string(name->str()) + "'");
  }
}

constexpr Example kExamples[] = {
    {.name = "another name",
     .before = {kWebService,
                "---\n"
                "apiVersion: apps/v1\n"
                "kind: StatefulSet\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  serviceName: «wep»\n"
                "  selector: {matchLabels: {app: web}}\n"
                "  template:\n"
                "    metadata: {labels: {app: web}}\n"
                "    spec: {containers: [{name: web, image: nginx}]}\n"}},
    {.name = "its name",
     .before = {kWebService,
                "---\n"
                "apiVersion: apps/v1\n"
                "kind: StatefulSet\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  serviceName: web\n"
                "  selector: {matchLabels: {app: web}}\n"
                "  template:\n"
                "    metadata: {labels: {app: web}}\n"
                "    spec: {containers: [{name: web, image: nginx}]}\n"}},
    {.name = "Services elsewhere",
     .before = "apiVersion: apps/v1\n"
               "kind: StatefulSet\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  serviceName: web\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
};

}  // namespace

const Rule& stateful_set_without_service() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
