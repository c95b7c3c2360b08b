#include "check/example_objects.h"
#include "check/published_port.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "privileged-container-port",
    .title = "The container listens on a port below 1024",
    .severity = Severity::kInfo,
    .control = Control::kNetworkSegmentation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "trivy:KSV-0117 kube-linter:privileged-ports",
    .why =
        "For that it starts as root or keeps NET_BIND_SERVICE, unless the runtime lowers the "
        "bound.",
    .fix_note = "Let the program listen on a higher port; the Service can keep its number.",
    .sources = "https://kubernetes.io/docs/concepts/services-networking/service/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  constexpr std::uint16_t kFirstFree = 1024;
  for (const Port& port : workload.ports) {
    if (!port.known) continue;
    for (const std::string* const text : {&port.container_port, &port.host_port}) {
      const auto number = port_number(*text);
      if (!number || *number >= kFirstFree) continue;
      sink.report(port.place, "port " + *text + " is privileged");
      break;
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "80",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      ports:\n"
                "        - containerPort: «80»\n"}},
    {.name = "a high one",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      ports:\n"
                "        - containerPort: 8080\n"}},
};

}  // namespace

const Rule& privileged_container_port() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
