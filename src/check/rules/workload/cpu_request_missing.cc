#include "check/example_objects.h"
#include "check/resource_setting.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "cpu-request-missing",
    .title = "No CPU request",
    .severity = Severity::kLow,
    .control = Control::kResourceLimits,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0015 checkov:CKV_K8S_10 kube-score:container-resources kubesec:RequestsCPU "
        "kube-linter:unset-cpu-requirements polaris:cpuRequestsMissing",
    .why =
        "The scheduler puts the pod on a node as if it needed no time, and on a busy node it gets "
        "next to none.",
    .fix_note = "Request what the container uses on an ordinary day.",
    .sources = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  report_missing_resource(
      workload, workload.resources.cpu_request, "CPU request",
      ResourceFix{spelling::Attribute::kCpuRequest, sink.options().fix.cpu_request, "cpu-request"},
      sink);
}

constexpr Example kExamples[] = {
    {.name = "none", .file = "pod.yaml", .before = kPodLackingIt},
    {.name = "requested",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      resources:\n"
                "        requests:\n"
                "          cpu: 100m\n"}},
    {.name = "a limit is the request as well",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      resources:\n"
                "        limits:\n"
                "          cpu: 1\n"}},
};

}  // namespace

const Rule& cpu_request_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
