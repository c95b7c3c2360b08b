#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-port-privileged",
    .title = "The container serves a port below 1024",
    .severity = Severity::kInfo,
    .control = Control::kLeastCapabilities,
    .aliases = "trivy:KSV-0117",
    .why = "Such ports are why many images start as root or keep NET_BIND_SERVICE.",
    .fix_note = "Listen on a port above 1023 and let the Service map 80 to it.",
    .sources = "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
};

void check(const kubernetes::Pod& pod, Sink& sink) {
  for (const Workload* container : pod.containers) {
    const Node* const ports = manifest::child(container->node, "ports");
    for (const Node* port : manifest::elements(ports)) {
      const Node* const number = port->find("containerPort");
      if (number == nullptr) continue;
      const auto value = number->as_int();
      if (!value || *value <= 0 || *value >= 1024) continue;
      sink.report(Place{pod.object->file, number->span}, "a port below 1024").about(container->id);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "80",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  containers: [{name: a, image: a, ports: [{containerPort: «80»}]}]\n"},
    {.name = "8080",
     .before = "apiVersion: v1\n"
               "kind: Pod\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  containers: [{name: a, image: a, ports: [{containerPort: 8080}]}]\n"},
};

}  // namespace

const Rule& container_port_privileged() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
