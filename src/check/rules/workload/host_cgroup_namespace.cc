#include "check/host_namespace.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "host-cgroup-namespace",
    .title = "The container sees the host's control groups",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "It learns what else runs on the host and, with more rights, reaches controls that lead "
        "out of the container.",
    .fix_note = "Delete it; private is the default where control groups v2 are in use.",
    .sources =
        "https://docs.docker.com/engine/containers/run/ "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  report_host_namespace(workload, workload.cgroup_mode,
                        "the container sees every control group of the host", sink);
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cgroup: «host»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run --cgroupns=«host» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "not said", .before = "services:\n  web:\n    image: nginx:1.27\n"},
};

}  // namespace

const Rule& host_cgroup_namespace() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
