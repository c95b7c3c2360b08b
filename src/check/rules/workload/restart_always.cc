#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "restart-always",
    .title = "The container comes back after it was stopped",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kUnsafe,
    .silenced_by = "cis-docker:5.15",
    .why =
        "With 'always' a container that somebody has stopped by hand, perhaps for good reason, "
        "runs again after the next start of the engine.",
    .fix_note = "Unsafe: 'unless-stopped' is the same but for that.",
    .sources = "https://docs.docker.com/engine/containers/start-containers-automatically/",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.has(Workload::Setting::kRestart) || !workload.restart.is_set()) return;
  if (workload.restart.value != "always") return;
  // Quadlets and systemd units say it of the unit, which stays stopped.
  if (workload.form == Form::kQuadlet || workload.restart.place.file == nullptr) return;
  sink.report(workload.restart.place, "'always' undoes a stop by hand");
}

constexpr Example kExamples[] = {
    {.name = "always",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    restart: «always»\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run -d --restart «always» nginx:1.27\n"},
    {.name = "unless stopped",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"
               "    restart: unless-stopped\n"},
    {.name = "none",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"},
};

}  // namespace

const Rule& restart_always() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
