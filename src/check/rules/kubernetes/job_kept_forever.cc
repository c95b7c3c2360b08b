#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "job-kept-forever",
    .title = "A finished Job stays",
    .severity = Severity::kInfo,
    .control = Control::kResourceLimits,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "kube-linter:job-ttl-seconds-after-finished",
    .why =
        "Nobody deletes the Job and its pods, which fill the cluster and keep their logs and "
        "variables readable.",
    .fix_note = "Unsafe: set ttlSecondsAfterFinished; the logs go with the pods.",
    .sources = "https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",
};

/// Helm and Argo CD delete the Jobs that are their hooks.
bool is_hook(const kubernetes::Object& job) {
  for (const Node::Entry& entry : manifest::entries(job.at({"metadata", "annotations"}))) {
    const std::string_view key = entry.key->str();
    if (key.starts_with("helm.sh/hook") || key.starts_with("argocd.argoproj.io/hook")) return true;
  }
  return false;
}

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "Job" || manifest::api_group(object) != "batch") return;
  if (manifest::is_present(object.at({"spec", "ttlSecondsAfterFinished"})) || is_hook(object))
    return;
  sink.report(object.place, "nothing deletes it when it has finished");
}

constexpr Example kExamples[] = {
    {.name = "for ever",
     .before = "apiVersion: batch/v1\n"
               "kind: Job\n"
               "metadata: {name: «a»}\n"
               "spec:\n"
               "  template:\n"
               "    spec: {restartPolicy: Never, containers: [{name: a, image: busybox}]}\n"},
    {.name = "for an hour",
     .before = "apiVersion: batch/v1\n"
               "kind: Job\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  ttlSecondsAfterFinished: 3600\n"
               "  template:\n"
               "    spec: {restartPolicy: Never, containers: [{name: a, image: busybox}]}\n"},
    {.name = "Helm's hook",
     .before = "apiVersion: batch/v1\n"
               "kind: Job\n"
               "metadata: {name: a, annotations: {helm.sh/hook: pre-install}}\n"
               "spec:\n"
               "  template:\n"
               "    spec: {restartPolicy: Never, containers: [{name: a, image: busybox}]}\n"},
};

}  // namespace

const Rule& job_kept_forever() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
