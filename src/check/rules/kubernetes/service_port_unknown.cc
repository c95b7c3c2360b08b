#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "check/example_objects.h"
#include "check/manifest.h"
#include "check/rule.h"
#include "check/service_selection.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "service-port-unknown",
    .title = "A Service names a port that its pods do not have",
    .severity = Severity::kInfo,
    .control = Control::kNetworkSegmentation,
    .why =
        "A port by name leads to the containers that declare that name; where none does, the "
        "Service has no endpoints.",
    .fix_note = "Write the name that the container gives the port, or its number.",
    .sources = "https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports",
};

using Names = std::set<std::string_view>;
constexpr std::size_t kMostPorts = 100;

Names port_names(const kubernetes::Pod& pod) {
  Names names;
  for (const std::string_view list : {"containers", "initContainers"}) {
    for (const Node* container : manifest::elements(pod.spec->find(list))) {
      for (const Node* port : manifest::elements(container->find("ports"))) {
        if (const Node* name = port->find("name")) names.insert(name->str());
      }
    }
  }
  return names;
}

/// The names of targetPort; a number needs no declaration.
std::vector<const Node*> named_targets(const kubernetes::Object& service) {
  std::vector<const Node*> targets;
  for (const Node* port : manifest::elements(service.at({"spec", "ports"}))) {
    const Node* const target = port->find("targetPort");
    if (target == nullptr || target->str().empty() || manifest::is_template(target->str()))
      continue;
    if (!ascii::is_digit(target->str().front())) targets.push_back(target);
  }
  return targets;
}

/// A custom resource's pods get containers that we do not see.
bool is_written_in_full(const kubernetes::Object& object) {
  const std::string_view group = manifest::api_group(object);
  return group.empty() || group == "apps" || group == "batch";
}

/// The ports that each pod names, read once however many Services select it.
class NamedPorts {
 public:
  const Names& of(const kubernetes::Pod& pod) {
    const auto [found, fresh] = names_.try_emplace(&pod);
    if (fresh) found->second = port_names(pod);
    return found->second;
  }

 private:
  std::unordered_map<const kubernetes::Pod*, Names> names_;
};

/// The pods that `selector` takes; none when one of them is not known in full.
std::vector<const kubernetes::Pod*> pods_of(const PodSelector& selector,
                                            const kubernetes::Manifests& manifests) {
  std::vector<const kubernetes::Pod*> pods;
  for (const kubernetes::Pod& pod : manifests.pods) {
    const Selection selection = selects(selector, pod);
    if (selection == Selection::kNo) continue;
    const bool known = selection == Selection::kYes && is_written_in_full(*pod.object);
    if (!known || pod.containers.empty()) return {};
    pods.push_back(&pod);
  }
  return pods;
}

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  if (manifests.pods.empty()) return;
  const std::vector<PodSelector> selectors = service_selectors(manifests);
  if (selectors.empty() || !can_compare(selectors, manifests)) return;
  NamedPorts ports;
  for (const PodSelector& selector : selectors) {
    const std::vector<const Node*> targets = named_targets(*selector.object);
    if (targets.empty()) continue;
    const std::vector<const kubernetes::Pod*> pods = pods_of(selector, manifests);
    if (pods.empty()) continue;
    // Nobody writes more, and each is looked up in each pod.
    for (const Node* target : std::span(targets).first(std::min(targets.size(), kMostPorts))) {
      const bool served = std::any_of(pods.begin(), pods.end(), [&](const kubernetes::Pod* pod) {
        return ports.of(*pod).contains(target->str());
      });
      if (served) continue;
      sink.report(Place{selector.object->file, target->span},
                  "no container of its pods has a port named '" + std::string(target->str()) + "'");
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "another name",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx, ports: [{name: web, "
               "containerPort: 80}]}]}\n"
               "---\n"
               "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: {app: web}\n"
               "  ports: [{port: 80, targetPort: «http»}]\n"},
    {.name = "its name",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx, ports: [{name: http, "
               "containerPort: 80}]}]}\n"
               "---\n"
               "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: {app: web}\n"
               "  ports: [{port: 80, targetPort: http}]\n"},
    {.name = "a number",
     .before = {kWebDeployment,
                "---\n"
                "apiVersion: v1\n"
                "kind: Service\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  selector: {app: web}\n"
                "  ports: [{port: 80, targetPort: 8080}]\n"}},
    {.name = "pods elsewhere",
     .before = "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: {app: web}\n"
               "  ports: [{port: 80, targetPort: http}]\n"},
};

}  // namespace

const Rule& service_port_unknown() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
