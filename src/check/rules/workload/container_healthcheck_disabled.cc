#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "container-healthcheck-disabled",
    .title = "The health check is switched off",
    .severity = Severity::kLow,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "compose-lint:CL-0015",
    .why = "The image brings a check and nobody asks it: a server that hangs counts as running.",
    .fix_note = "Repair the check, or write one that fits, instead of switching it off.",
    .sources = "https://docs.docker.com/reference/compose-file/services/#healthcheck",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.healthcheck.is_set() || !workload.healthcheck.value.disabled) return;
  const Place place = workload.healthcheck.place;
  sink.report(place.file == nullptr ? workload.place : place, "the health check is switched off");
}

constexpr Example kExamples[] = {
    {.name = "disable",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    healthcheck:\n"
               "      disable: «true»\n"},
    {.name = "NONE",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    healthcheck:\n"
               "      test: «[\"NONE\"]»\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run -d «--no-healthcheck» nginx:1.27\n"},
    {.name = "left on",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    healthcheck:\n"
               "      disable: false\n"
               "      test: curl -f localhost\n"},
};

}  // namespace

const Rule& container_healthcheck_disabled() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
