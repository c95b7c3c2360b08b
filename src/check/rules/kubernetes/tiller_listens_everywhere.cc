#include <string>
#include <vector>

#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "tiller-listens-everywhere",
    .title = "Tiller listens to the whole cluster",
    .severity = Severity::kHigh,
    .control = Control::kNetworkSegmentation,
    .aliases = "checkov:CKV_K8S_45",
    .why = "Any pod can have it install what it likes, as cluster administrator.",
    .fix_note =
        "Delete Tiller (Helm 3 needs none); until then start it with "
        "--listen=localhost:44134.",
    .sources = "https://helm.sh/docs/topics/v2_v3_migration/",
};

bool is_tiller(const kubernetes::Pod& pod, const Workload& container) {
  return ascii::contains(container.image.value, "tiller") ||
         manifest::label(pod.metadata, "name") == "tiller";
}

bool listens_locally(const Workload& container) {
  for (const std::vector<std::string>* words : {&container.entrypoint, &container.command}) {
    for (const std::string& word : *words) {
      if (ascii::contains(word, "-listen=localhost") ||
          ascii::contains(word, "-listen=127.0.0.1")) {
        return true;
      }
    }
  }
  return false;
}

void check(const kubernetes::Pod& pod, Sink& sink) {
  for (const Workload* container : pod.containers) {
    if (!is_tiller(pod, *container) || listens_locally(*container)) continue;
    const Place place = container->image.is_set() ? container->image.place : container->place;
    sink.report(place, "Tiller listens on every address").about(container->id);
  }
}

constexpr Example kExamples[] = {
    {.name = "by default",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  template:\n"
               "    metadata: {labels: {app: helm}}\n"
               "    spec:\n"
               "      containers:\n"
               "        - name: main\n"
               "          image: «gcr.io/kubernetes-helm/tiller:v2.16.9»\n"},
    {.name = "locally",
     .before = "apiVersion: apps/v1\n"
               "kind: Deployment\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  template:\n"
               "    metadata: {labels: {app: helm}}\n"
               "    spec:\n"
               "      containers:\n"
               "        - name: main\n"
               "          image: gcr.io/kubernetes-helm/tiller:v2.16.9\n"
               "          args: ['--listen=localhost:44134']\n"},
};

}  // namespace

const Rule& tiller_listens_everywhere() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
