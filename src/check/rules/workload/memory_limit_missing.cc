#include "check/example_objects.h"
#include "check/resource_setting.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "memory-limit-missing",
    .title = "No memory limit",
    .severity = Severity::kMedium,
    .control = Control::kResourceLimits,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "trivy:KSV-0018 checkov:CKV_K8S_13 compose-lint:CL-0026 cis-docker:5.11 kics:bb9ac4f7 "
        "kube-score:container-resources kubesec:LimitsMemory "
        "kube-linter:unset-memory-requirements polaris:memoryLimitsMissing",
    .why =
        "One leak, or one request too many, takes the memory of the whole host: the kernel then "
        "kills whatever is largest, which may be another container or the host's own services.",
    .fix_note =
        "The amount is yours to choose: measure what the container needs and leave headroom, for "
        "it is killed when it reaches the limit.",
    .sources =
        "https://docs.docker.com/engine/containers/resource_constraints/ "
        "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
};

void check(const Workload& workload, Sink& sink) {
  report_missing_resource(
      workload, workload.resources.memory_limit, "memory limit",
      ResourceFix{spelling::Attribute::kMemoryLimit, sink.options().fix.memory, "memory"}, sink);
}

constexpr Example kExamples[] = {
    {.name = "none",
     .before = "services:\n"
               "  «web»:\n"
               "    image: nginx:1.27\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    mem_limit: 512m\n"},
    {.name = "the old and the new key",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    mem_limit: 64m\n"
               "  b:\n"
               "    image: nginx:1.27\n"
               "    deploy:\n"
               "      resources:\n"
               "        limits:\n"
               "          memory: 64M\n"},
    {.name = "a reservation is no limit",
     .before = "services:\n"
               "  «a»:\n"
               "    image: nginx:1.27\n"
               "    mem_reservation: 64m\n",
     .after = "services:\n"
              "  a:\n"
              "    image: nginx:1.27\n"
              "    mem_reservation: 64m\n"
              "    mem_limit: 512m\n"},
    {.name = "zero is unlimited",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    mem_limit: «0»\n",
     .after = "services:\n"
              "  a:\n"
              "    image: nginx:1.27\n"
              "    mem_limit: 512m\n"},
    {.name = "decided elsewhere",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    mem_limit: ${LIMIT}\n"},
    {.name = "a pod",
     .file = "pod.yaml",
     .before = {kPodLackingIt,
                "      resources:\n"
                "        limits:\n"
                "          cpu: 1\n"}},
    {.name = "a pod with one",
     .file = "pod.yaml",
     .before = {kPodWithA,
                "      resources:\n"
                "        limits:\n"
                "          memory: 64Mi\n"}},
    {.name = "a server on the command line",
     .file = "run.sh",
     .before = "«docker run» -d nginx:1.27\n"
               "docker run -d -m 64m nginx:1.27\n",
     .after = "docker run --memory=512m -d nginx:1.27\n"
              "docker run -d -m 64m nginx:1.27\n"},
    {.name = "a tool that ends by itself",
     .file = "run.sh",
     .before = "docker run --rm alpine:3.20 true\n"},
};

}  // namespace

const Rule& memory_limit_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
