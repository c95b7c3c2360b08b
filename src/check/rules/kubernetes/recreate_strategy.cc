#include "check/replicas.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "recreate-strategy",
    .title = "All replicas stop before an update",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "kube-linter:no-rolling-update-strategy kube-score:deployment-strategy",
    .why =
        "Between the last old pod and the first new one nobody serves, and after a bad update "
        "nobody does at all.",
    .fix_note =
        "Unsafe: a rolling update runs the old and the new version side by side for a while.",
    .sources = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "Deployment") return;
  const Node* const type = object.at({"spec", "strategy", "type"});
  if (type == nullptr || type->str() != "Recreate") return;
  // Of one pod that may not run twice there is no other way.
  if (!keeps_replicas(object) || replicas_of(object).value_or(1) < 2) return;
  sink.report(Place{object.file, type->span}, "all pods stop before the new ones start");
}

constexpr Example kExamples[] = {
    {.name = "three of them",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  replicas: 3\n"
               "  strategy: {type: «Recreate»}\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "one of them",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  replicas: 1\n"
               "  strategy: {type: Recreate}\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
    {.name = "one after the other",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  replicas: 3\n"
               "  strategy: {type: RollingUpdate}\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"},
};

}  // namespace

const Rule& recreate_strategy() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
