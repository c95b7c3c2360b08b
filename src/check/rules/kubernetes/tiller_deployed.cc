#include <string_view>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "tiller-deployed",
    .title = "Tiller, the server of Helm 2, is deployed",
    .severity = Severity::kHigh,
    .control = Control::kIsolation,
    .enabled = true,
    .aliases = "trivy:KSV-0102 checkov:CKV_K8S_34 checkov:CKV_K8S_44",
    .why =
        "Tiller is usually cluster administrator and does what any pod asks of it, without a "
        "login. Helm 2 has had no fixes since 2020.",
    .fix_note = "Move the releases to Helm 3, which needs no server, and delete Tiller.",
    .sources = "https://helm.sh/docs/topics/v2_v3_migration/",
};

bool is_tiller(std::string_view text) {
  return ascii::icontains(text, "tiller");
}

void check_containers(const kubernetes::Pod& pod, Sink& sink) {
  for (const Workload* container : pod.containers) {
    if (!container->image.is_set() || !is_tiller(container->image.value)) continue;
    sink.report(container->image.place, "Tiller takes orders from every pod");
  }
}

void check(const kubernetes::Manifests& manifests, Sink& sink) {
  for (const kubernetes::Pod& pod : manifests.pods) {
    if (is_tiller(pod.object->name)) {
      sink.report(pod.place, "Tiller takes orders from every pod");
    } else {
      check_containers(pod, sink);
    }
  }
  for (const kubernetes::Object& object : manifests.objects) {
    if (object.kind != "Service" || !is_tiller(object.name)) continue;
    sink.report(object.place, "Tiller can be reached through this Service");
  }
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
               "          image: «gcr.io/kubernetes-helm/tiller:v2.16.9»\n"},
    {.name = "by its name",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: «tiller-deploy»}\n"
               "spec:\n"
               "  template:\n"
               "    metadata: {labels: {app: helm}}\n"
               "    spec:\n"
               "      containers:\n"
               "        - name: main\n"
               "          image: helm:2\n"},
    {.name = "its Service",
     .before = "apiVersion: v1\n"
               "kind: Service\n"
               "metadata: {name: «tiller-deploy»}\n"
               "spec: {ports: [{port: 44134}]}\n"},
    {.name = "another program",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: web}\n"
               "spec:\n"
               "  template:\n"
               "    metadata: {labels: {app: web}}\n"
               "    spec:\n"
               "      containers:\n"
               "        - name: main\n"
               "          image: nginx\n"},
};

}  // namespace

const Rule& tiller_deployed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
