#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "oom-score-lowered",
    .title = "The container is spared when memory runs out",
    .severity = Severity::kLow,
    .control = Control::kResourceLimits,
    .fix_safety = FixSafety::kSafe,
    .why = "A leak in this container makes the kernel kill services of the host before it.",
    .fix_note = "Delete it; a memory limit keeps the trouble inside.",
    .sources = "https://docs.docker.com/engine/containers/resource_constraints/",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.oom_score_adj.is_set() || workload.oom_score_adj.value >= 0) return;
  sink.report(workload.oom_score_adj.place, "the score " +
                                                std::to_string(workload.oom_score_adj.value) +
                                                " makes the kernel kill others first");
}

constexpr Example kExamples[] = {
    {.name = "below zero",
     .before = "services:\n  web:\n    image: nginx:1.27\n    oom_score_adj: «-500»\n"},
    {.name = "above zero",
     .before = "services:\n  web:\n    image: nginx:1.27\n    oom_score_adj: 500\n"},
};

}  // namespace

const Rule& oom_score_lowered() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
