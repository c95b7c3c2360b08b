#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "exec-privileged",
    .title = "A command enters a container with every privilege",
    .severity = Severity::kMedium,
    .control = Control::kLeastCapabilities,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:5.23",
    .why =
        "With --privileged the process has all capabilities whatever was taken from the container, "
        "and so can leave it.",
    .fix_note =
        "Unsafe: leave --privileged out; what needs it is not the business of this container.",
    .sources = "https://docs.docker.com/reference/cli/docker/container/exec/#privileged",
    .forms = kFormExec,
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.privileged.is_set() || !workload.privileged.value) return;
  sink.report(workload.privileged.place, "the command has all capabilities, the container may not");
}

constexpr Example kExamples[] = {
    {.name = "in a script", .file = "run.sh", .before = "docker exec «--privileged» web ip link\n"},
    {.name = "switched off",
     .file = "run.sh",
     .before = "docker exec --privileged=false web ip link\n"},
    {.name = "without", .file = "run.sh", .before = "docker exec -it web sh\n"},
    {.name = "the command's own",
     .file = "run.sh",
     .before = "docker exec web tool --privileged\n"},
    {.name = "a variable decides",
     .file = "run.sh",
     .before = "docker exec --privileged=$P web sh\n"},
};

}  // namespace

const Rule& exec_privileged() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
