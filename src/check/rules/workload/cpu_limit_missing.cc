#include "check/example_objects.h"
#include "check/resource_setting.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "cpu-limit-missing",
    .title = "No CPU limit",
    .severity = Severity::kLow,
    .control = Control::kResourceLimits,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0011 checkov:CKV_K8S_11 kics:6b610c50 kube-score:container-resources "
        "kubesec:LimitsCPU kube-linter:unset-cpu-requirements polaris:cpuLimitsMissing "
        "cis-docker:5.12",
    .why = "A busy loop or a miner in one container slows down all others on the host.",
    .fix_note =
        "The amount is yours to choose. On Kubernetes a request may do: a limit also throttles "
        "when the node is idle.",
    .sources =
        "https://docs.docker.com/engine/containers/resource_constraints/ "
        "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
};

void check(const Workload& workload, Sink& sink) {
  report_missing_resource(
      workload, workload.resources.cpu_limit, "CPU limit",
      ResourceFix{spelling::Attribute::kCpuLimit, sink.options().fix.cpus, "cpus"}, sink);
}

constexpr Example kExamples[] = {
    {.name = "none",
     .before = "services:\n"
               "  «web»:\n"
               "    image: nginx:1.27\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    cpus: 1.0\n"},
    {.name = "cpus",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    cpus: 0.5\n"},
    {.name = "under deploy",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    deploy:\n"
               "      resources:\n"
               "        limits:\n"
               "          cpus: \"0.5\"\n"},
    {.name = "a weight is no limit",
     .before = "services:\n"
               "  «a»:\n"
               "    image: nginx:1.27\n"
               "    cpu_shares: 512\n",
     .after = "services:\n"
              "  a:\n"
              "    image: nginx:1.27\n"
              "    cpu_shares: 512\n"
              "    cpus: 1.0\n"},
    {.name = "a pod", .file = "pod.yaml", .before = kPodLackingIt},
    {.name = "a pod with one",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      resources:\n"
                "        limits:\n"
                "          cpu: 500m\n"}},
};

}  // namespace

const Rule& cpu_limit_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
