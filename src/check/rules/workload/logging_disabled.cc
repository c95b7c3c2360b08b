#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "logging-disabled",
    .title = "Nothing is logged",
    .severity = Severity::kMedium,
    .control = Control::kBoundedLogging,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "compose-lint:CL-0014",
    .why =
        "After a break-in there is nothing to find out what happened by, and before it nothing to "
        "notice it with.",
    .fix_note = "Bound the log instead of switching it off: the local driver rotates by itself.",
    .sources = "https://docs.docker.com/engine/logging/configure/",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  if (workload.one_shot || !workload.logging.is_set()) return;
  if (workload.logging.value.driver != "none") return;
  const Place place = workload.logging.place;
  sink.report(place.file == nullptr ? workload.place : place,
              "the logging driver 'none' drops whatever the container writes");
}

constexpr Example kExamples[] = {
    {.name = "none",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    logging:\n"
               "      «driver: none»\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run -d --log-driver=«none» nginx:1.27\n"},
    {.name = "another driver",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    logging:\n"
               "      driver: syslog\n"},
    {.name = "a tool that ends by itself",
     .file = "run.sh",
     .before = "docker run --rm --log-driver=none alpine:3.20 true\n"},
};

}  // namespace

const Rule& logging_disabled() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
