#include "check/manifest.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "cron-job-without-deadline",
    .title = "A CronJob may stop for ever",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .aliases = "kube-score:cronjob-has-deadline",
    .why =
        "After more than 100 missed starts the controller starts no Job any more. With a deadline "
        "it counts only those that are not too late.",
    .fix_note = "Set startingDeadlineSeconds, at least 10.",
    .sources = "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#job-creation",
};

void check(const kubernetes::Object& object, Sink& sink) {
  if (object.kind != "CronJob" || manifest::api_group(object) != "batch") return;
  if (!manifest::is_present(object.at({"spec", "schedule"}))) return;  // a patch
  if (manifest::is_present(object.at({"spec", "startingDeadlineSeconds"}))) return;
  sink.report(object.place, "no startingDeadlineSeconds");
}

constexpr Example kExamples[] = {
    {.name = "none",
     .before = "apiVersion: batch/v1\n"
               "kind: CronJob\n"
               "metadata: {name: «a»}\n"
               "spec:\n"
               "  schedule: \"0 1 * * *\"\n"
               "  jobTemplate:\n"
               "    spec:\n"
               "      template:\n"
               "        spec: {restartPolicy: Never, containers: [{name: a, image: busybox}]}\n"},
    {.name = "one",
     .before = "apiVersion: batch/v1\n"
               "kind: CronJob\n"
               "metadata: {name: a}\n"
               "spec:\n"
               "  schedule: \"0 1 * * *\"\n"
               "  startingDeadlineSeconds: 300\n"
               "  jobTemplate:\n"
               "    spec:\n"
               "      template:\n"
               "        spec: {restartPolicy: Never, containers: [{name: a, image: busybox}]}\n"},
};

}  // namespace

const Rule& cron_job_without_deadline() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
