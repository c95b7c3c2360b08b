#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "dashboard-deployed",
    .title = "The Kubernetes Dashboard is deployed",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .aliases = "checkov:CKV_K8S_33 kics:d2ad057f",
    .why =
        "It can do what its service account can, for whoever reaches it, and it is no longer "
        "maintained.",
    .fix_note = "Use a client on your own machine (Headlamp, k9s), with your own rights.",
    .sources = "https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/",
};

constexpr std::string_view kName = "kubernetes-dashboard";

bool is_labelled(const kubernetes::Pod& pod) {
  return manifest::label(pod.metadata, "app") == kName ||
         manifest::label(pod.metadata, "k8s-app") == kName ||
         manifest::label(pod.metadata, "app.kubernetes.io/name") == kName;
}

void check(const kubernetes::Pod& pod, Sink& sink) {
  for (const Workload* container : pod.containers) {
    const std::string& image = container->image.value;
    if (!ascii::contains(image, "kubernetesui/dashboard") && !ascii::contains(image, kName))
      continue;
    sink.report(container->image.place, "the dashboard acts for whoever reaches it")
        .about(container->id);
    return;
  }
  if (is_labelled(pod)) sink.report(pod.place, "the dashboard acts for whoever reaches it");
}

constexpr Example kExamples[] = {
    {.name = "by its image",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  template:\n"
               "    metadata: {labels: {app: a}}\n"
               "    spec:\n"
               "      containers:\n"
               "        - name: main\n"
               "          image: «kubernetesui/dashboard:v2.7.0»\n"},
    {.name = "by its label",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: «a»}\n"
               "spec:\n"
               "  template:\n"
               "    metadata: {labels: {k8s-app: kubernetes-dashboard}}\n"
               "    spec:\n"
               "      containers:\n"
               "        - name: main\n"
               "          image: a\n"},
    {.name = "another program",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: dashboard}\n"
               "spec:\n"
               "  template:\n"
               "    metadata: {labels: {app: grafana}}\n"
               "    spec:\n"
               "      containers:\n"
               "        - name: main\n"
               "          image: grafana/grafana\n"},
};

}  // namespace

const Rule& dashboard_deployed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
