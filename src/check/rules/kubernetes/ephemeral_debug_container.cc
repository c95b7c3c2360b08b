#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ephemeral-debug-container",
    .title = "A debug container is in the manifest",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .why =
        "Ephemeral containers are for looking into a running pod: one in a file was copied "
        "from a live pod, with its tools and often with its rights.",
    .fix_note = "Take ephemeralContainers out; `kubectl debug` adds one when it is needed.",
    .sources = "https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/",
};

void check(const kubernetes::Pod& pod, Sink& sink) {
  for (const Workload* container : pod.containers) {
    if (container->container_kind != ContainerKind::kEphemeral) continue;
    sink.report(container->place, "a container for debugging was left in").about(container->id);
  }
}

constexpr Example kExamples[] = {
    {.name = "left in",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  ephemeralContainers: [{name: «debug», image: busybox}]\n"
               "  containers: [{name: web, image: nginx}]\n"},
    {.name = "none",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  containers: [{name: web, image: nginx}]\n"},
};

}  // namespace

const Rule& ephemeral_debug_container() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
