#include "check/remedy.h"
#include "check/resource_setting.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "pids-limit-missing",
    .title = "No limit for processes",
    .severity = Severity::kLow,
    .control = Control::kResourceLimits,
    .fix_safety = FixSafety::kSafe,
    .aliases = "cis-docker:5.29 kics:221e0658 compose-lint:CL-0012",
    .why =
        "A fork bomb in one container uses up the process table of the whole host, and then "
        "nobody can log in to stop it.",
    .fix_note =
        "A few hundred suit most servers; count the threads of Java and databases too. Podman "
        "limits to 2048 by itself.",
    .sources = "https://docs.docker.com/reference/cli/docker/container/run/#pids-limit",
    .forms = kFormsEngine,
};

/// Podman sets 2048 when nobody says anything.
bool is_limited_by_default(Form form) {
  return form == Form::kPodmanRun || form == Form::kQuadlet;
}

/// The default is far above what a service needs and far below what a fork bomb takes.
void offer(const Workload& workload, const Sink& sink, Finding& finding) {
  const FixValue& pids = sink.options().fix.pids;
  remedy(finding, "allow " + pids.text + " processes",
         spelling::set(workload, spelling::Attribute::kPidsLimit, pids.text), FixSafety::kSafe);
}

void check(const Workload& workload, Sink& sink) {
  if (!workload.has(Workload::Setting::kPidsLimit) || workload.one_shot) return;
  const Value<std::int64_t>& limit = workload.resources.pids_limit;
  if (!limit.is_known()) {
    sink.unknown("the limit for processes is not known");
  } else if (!limit.is_set()) {
    if (!is_limited_by_default(workload.form)) {
      offer(workload, sink, sink.missing(workload, "no limit for the number of processes"));
    }
  } else if (limit.value <= 0) {
    const Place place = limit.place.file == nullptr ? workload.place : limit.place;
    offer(workload, sink,
          sink.report(place, "a process limit of " + std::to_string(limit.value) + " is none"));
  }
}

constexpr Example kExamples[] = {
    {.name = "none",
     .before = "services:\n"
               "  «web»:\n"
               "    image: nginx:1.27\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    pids_limit: 512\n"},
    {.name = "limited",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    pids_limit: 200\n"},
    {.name = "under deploy",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    deploy:\n"
               "      resources:\n"
               "        limits:\n"
               "          pids: 200\n"},
    {.name = "unlimited",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    pids_limit: «-1»\n",
     .after = "services:\n"
              "  a:\n"
              "    image: nginx:1.27\n"
              "    pids_limit: 512\n"},
    {.name = "a server on the command line",
     .file = "run.sh",
     .before = "«docker run» -d nginx:1.27\n",
     .after = "docker run --pids-limit=512 -d nginx:1.27\n"},
    {.name = "Podman limits by itself", .file = "run.sh", .before = "podman run -d nginx:1.27\n"},
};

}  // namespace

const Rule& pids_limit_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
