#include <string>
#include <string_view>

#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "probe-port-unknown",
    .title = "A probe names a port that the container does not have",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .aliases = "kube-linter:liveness-port kube-linter:readiness-port kube-linter:startup-port",
    .why =
        "The kubelet cannot resolve the name, so the probe always fails: the pod is never ready, "
        "or is restarted for ever.",
    .fix_note = "Write the name that the container gives the port, or its number.",
    .sources =
        "https://kubernetes.io/docs/tasks/configure-pod-container/"
        "configure-liveness-readiness-startup-probes/#use-a-named-port",
    .forms = kFormKubernetes,
};

/// The port of a probe when it is a name; null otherwise.
const Node* port_name(const Value<Probe>& probe) {
  for (const std::string_view how : {"httpGet", "tcpSocket"}) {
    const Node* const port = manifest::child(manifest::child(probe.value.node, how), "port");
    if (port == nullptr || port->str().empty() || manifest::is_template(port->str())) continue;
    if (!ascii::is_digit(port->str().front())) return port;
  }
  return nullptr;
}

bool declares(const Workload& container, std::string_view name) {
  for (const Node* port : manifest::elements(container.node->find("ports"))) {
    const Node* const written = port->find("name");
    if (written == nullptr) continue;
    if (written->str() == name || manifest::is_template(written->str())) return true;
  }
  return false;
}

void check(const Workload& workload, Sink& sink) {
  if (workload.node == nullptr) return;
  for (const Value<Probe>* probe : {&workload.liveness, &workload.readiness, &workload.startup}) {
    if (!probe->is_set()) continue;
    const Node* const port = port_name(*probe);
    if (port == nullptr || declares(workload, port->str())) continue;
    sink.report(port->span, "no port of the container is named '" + std::string(port->str()) + "'");
  }
}

constexpr Example kExamples[] = {
    {.name = "another name",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      ports: [{name: web, containerPort: 80}]\n"
                "      livenessProbe:\n"
                "        httpGet: {path: /, port: «http»}\n"}},
    {.name = "its name",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      ports: [{name: http, containerPort: 80}]\n"
                "      livenessProbe:\n"
                "        httpGet: {path: /, port: http}\n"}},
    {.name = "a number",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      readinessProbe:\n"
                "        tcpSocket: {port: 80}\n"}},
    {.name = "filled in by a tool",
     .file = "pod.yaml",
     .before = {kWebPodWithWeb,
                "      readinessProbe:\n"
                "        tcpSocket: {port: \"$(PORT)\"}\n"}},
};

}  // namespace

const Rule& probe_port_unknown() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
