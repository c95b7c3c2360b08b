#include "check/host_namespace.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "host-uts",
    .title = "The container may rename the host",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:5.21",
    .why =
        "With the right capability the container can change the host's name, which logs and "
        "certificates rely on.",
    .fix_note = "Delete it.",
    .sources =
        "https://docs.docker.com/engine/containers/run/ "
        "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  report_host_namespace(workload, workload.uts_mode, "the container shares the host's name", sink);
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    uts: «host»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run --uts «host» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "not said", .before = "services:\n  web:\n    image: nginx:1.27\n"},
};

}  // namespace

const Rule& host_uts() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
