#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "cgroup-parent-set",
    .title = "The container is put into another control group",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:5.25 kics:4d9f44c6",
    .why = "The container leaves the group in which the engine bounds and counts it.",
    .fix_note = "Delete it unless the group exists and has limits of its own.",
    .sources = "https://docs.docker.com/reference/compose-file/services/#cgroup_parent",
    .forms = kFormsEngine,
};

/// What engines that use systemd's control groups say by themselves.
bool is_usual(std::string_view parent) {
  return parent == "system.slice" || parent == "user.slice" || parent == "machine.slice" ||
         parent == "/docker";
}

void check(const Workload& workload, Sink& sink) {
  const Value<std::string>& parent = workload.cgroup_parent;
  if (!parent.is_set() || parent.value.empty() || is_usual(parent.value)) return;
  sink.report(parent.place, "the limits of the control group '" + parent.value + "' apply");
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cgroup_parent: «batch»\n"},
    {.name = "the usual one",
     .before = "services:\n  web:\n    image: nginx:1.27\n    cgroup_parent: system.slice\n"},
    {.name = "not said", .before = "services:\n  web:\n    image: nginx:1.27\n"},
};

}  // namespace

const Rule& cgroup_parent_set() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
