#include "check/example_objects.h"
#include "check/resource_setting.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "memory-request-missing",
    .title = "No memory request",
    .severity = Severity::kLow,
    .control = Control::kResourceLimits,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0016 checkov:CKV_K8S_12 kube-score:container-resources kubesec:RequestsMemory "
        "kube-linter:unset-memory-requirements polaris:memoryRequestsMissing",
    .why =
        "The scheduler puts the pod on a node as if it needed nothing, and such pods are the "
        "first to be evicted when memory runs out.",
    .fix_note = "Request what the container uses on an ordinary day.",
    .sources = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    .forms = kFormKubernetes,
};

void check(const Workload& workload, Sink& sink) {
  report_missing_resource(workload, workload.resources.memory_request, "memory request",
                          ResourceFix{spelling::Attribute::kMemoryRequest,
                                      sink.options().fix.memory_request, "memory-request"},
                          sink);
}

constexpr Example kExamples[] = {
    {.name = "none", .file = "pod.yaml", .before = kPodLackingIt},
    {.name = "requested",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      resources:\n"
                "        requests:\n"
                "          memory: 64Mi\n"}},
    {.name = "a limit is the request as well",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      resources:\n"
                "        limits:\n"
                "          memory: 64Mi\n"}},
    {.name = "Compose has no scheduler",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"},
};

}  // namespace

const Rule& memory_request_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
