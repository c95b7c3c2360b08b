#include "check/example_objects.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ulimits-unset",
    .title = "No ulimits of its own",
    .severity = Severity::kInfo,
    .control = Control::kResourceLimits,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:5.19",
    .why =
        "The container takes over the daemon's limits for open files and processes, which are "
        "often \"unlimited\".",
    .fix_note = "Set nofile (and nproc, where users are not shared) to what the program needs.",
    .sources = "https://docs.docker.com/reference/compose-file/services/#ulimits",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  if (workload.one_shot || workload.resources.ulimits) return;
  // Words of the command line that hide options may hide this one.
  if (!workload.resources.memory_limit.is_known()) return;
  sink.missing(workload, "no ulimits of its own");
}

constexpr Example kExamples[] = {
    {.name = "none",
     .before = "services:\n"
               "  «web»:\n"
               "    image: nginx:1.27\n"},
    {.name = "set",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    ulimits:\n"
               "      nofile: 1024\n"},
    {.name = "not for pods", .file = "pod.yaml", .before = kPodWithA},
};

}  // namespace

const Rule& ulimits_unset() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
