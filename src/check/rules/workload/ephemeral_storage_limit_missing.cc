#include "check/example_objects.h"
#include "check/resource_setting.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ephemeral-storage-limit-missing",
    .title = "No limit for ephemeral storage",
    .severity = Severity::kInfo,
    .control = Control::kResourceLimits,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "kube-score:container-ephemeral-storage-request-and-limit",
    .why =
        "Logs and temporary files of one container can fill the node's disk, and then every pod "
        "on it is evicted.",
    .fix_note = "Limit it to what the container writes, and mount a volume for what must last.",
    .sources = "https://kubernetes.io/docs/concepts/storage/ephemeral-storage/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  report_missing_resource(workload, workload.resources.ephemeral_limit,
                          "limit for ephemeral storage", std::nullopt, sink);
}

constexpr Example kExamples[] = {
    {.name = "none", .file = "pod.yaml", .before = kPodLackingIt},
    {.name = "limited",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      resources:\n"
                "        limits:\n"
                "          ephemeral-storage: 1Gi\n"}},
};

}  // namespace

const Rule& ephemeral_storage_limit_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
