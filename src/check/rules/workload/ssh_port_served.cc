#include "check/example_objects.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ssh-port-served",
    .title = "The container serves the port of SSH",
    .severity = Severity::kLow,
    .control = Control::kNetworkSegmentation,
    .aliases = "kube-linter:ssh-port",
    .why =
        "A login service in a container is a second way in, with accounts and keys of its own; "
        "kubectl exec needs none.",
    .fix_note =
        "Take the SSH server out; where it is the purpose of the image, serve another port than "
        "22.",
    .sources =
        "https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  for (const Port& port : workload.ports) {
    if (!port.known || port.container_port != "22" || port.protocol != "tcp") continue;
    sink.report(port.place, "port 22 is for SSH");
  }
}

constexpr Example kExamples[] = {
    {.name = "port 22",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      ports:\n"
                "        - containerPort: «22»\n"}},
    {.name = "another port",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      ports:\n"
                "        - containerPort: 2222\n"}},
};

}  // namespace

const Rule& ssh_port_served() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
