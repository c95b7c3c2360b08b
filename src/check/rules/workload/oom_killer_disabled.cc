#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "oom-killer-disabled",
    .title = "The container is never killed for its memory",
    .severity = Severity::kLow,
    .control = Control::kResourceLimits,
    .fix_safety = FixSafety::kSafe,
    .why =
        "When memory runs out the kernel must kill something else: another container or a service "
        "of the host.",
    .fix_note = "Delete it and set a memory limit.",
    .sources =
        "https://docs.docker.com/engine/containers/run/ "
        "https://docs.docker.com/engine/containers/resource_constraints/",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.oom_kill_disable.is_set() || !workload.oom_kill_disable.value) return;
  const bool unbounded = workload.resources.memory_limit.origin == Origin::kDefault;
  sink.report(workload.oom_kill_disable.place,
              unbounded ? "the OOM killer is off and there is no memory limit"
                        : "the OOM killer is off")
      .severity = unbounded ? Severity::kMedium : Severity::kLow;
}

constexpr Example kExamples[] = {
    {.name = "without a limit",
     .before = "services:\n  web:\n    image: nginx:1.27\n    oom_kill_disable: «true»\n"},
    {.name = "with a limit",
     .before = "services:\n  web:\n    image: nginx:1.27\n    mem_limit: 1g\n"
               "    oom_kill_disable: «true»\n"},
    {.name = "on",
     .before = "services:\n  web:\n    image: nginx:1.27\n    oom_kill_disable: false\n"},
};

}  // namespace

const Rule& oom_killer_disabled() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
