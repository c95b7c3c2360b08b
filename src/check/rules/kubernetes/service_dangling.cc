#include <algorithm>
#include <vector>

#include "check/example_objects.h"
#include "check/rule.h"
#include "check/service_selection.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "service-dangling",
    .title = "A Service that selects no pod",
    .severity = Severity::kInfo,
    .control = Control::kNetworkSegmentation,
    .aliases = "kube-linter:dangling-service kube-score:service-targets-pod",
    .why =
        "Every connection to it is refused; often the labels of the pods have changed. Whoever may "
        "create pods with these labels gets its traffic.",
    .fix_note = "Write the labels that the pods have.",
    .sources = "https://kubernetes.io/docs/concepts/services-networking/service/",
};

/// Where none of its file's pods share its namespace, its own are elsewhere.
bool has_pods_beside(const PodSelector& service, const kubernetes::Manifests& manifests) {
  return std::any_of(manifests.pods.begin(), manifests.pods.end(),
                     [&service](const kubernetes::Pod& pod) {
                       return pod.object->file == service.object->file &&
                              may_share_namespace(pod.object->ns, service.object->ns);
                     });
}

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  if (manifests.pods.empty()) return;
  const std::vector<PodSelector> selectors = service_selectors(manifests);
  if (selectors.empty() || !can_compare(selectors, manifests)) return;
  for (const PodSelector& service : selectors) {
    if (selects_some(service, manifests) || !has_pods_beside(service, manifests)) continue;
    sink.report(Place{service.object->file, service.node->span}, "no pod here has these labels");
  }
}

constexpr Example kExamples[] = {
    {.name = "labels that nobody has",
     .before = {kWebDeployment,
                "---\n"
                "apiVersion: v1\n"
                "kind: Service\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  selector: «{app: wep}»\n"
                "  ports: [{port: 80}]\n"}},
    {.name = "labels of a pod", .before = {kWebDeployment, "---\n", kWebService}},
    {.name = "no pods at hand", .before = kWebService},
    {.name = "pods of another file",
     .before = "-- a.yaml --\n"
               "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: {matchLabels: {app: web}}\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec: {containers: [{name: web, image: nginx}]}\n"
               "-- b.yaml --\n"
               "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  selector: {app: operated}\n"
               "  ports: [{port: 80}]\n"},
    {.name = "without a selector",
     .before = {kWebDeployment,
                "---\n"
                "apiVersion: v1\n"
                "kind: Service\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  ports: [{port: 80}]\n"}},
    {.name = "a name of another place",
     .before = {kWebDeployment,
                "---\n"
                "apiVersion: v1\n"
                "kind: Service\n"
                "metadata: {name: web}\n"
                "spec:\n"
                "  type: ExternalName\n"
                "  externalName: example.com\n"
                "  selector: {app: x}\n"}},
};

}  // namespace

const Rule& service_dangling() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
