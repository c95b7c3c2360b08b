#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "restart-policy-missing",
    .title = "Nothing restarts the container",
    .severity = Severity::kLow,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kSafe,
    .aliases = "cis-docker:5.15 kics:2fc99041",
    .why = "After a crash or a reboot of the host the service stays down until somebody notices.",
    .fix_note = "Safe for servers: adds restart: unless-stopped.",
    .sources = "https://docs.docker.com/engine/containers/start-containers-automatically/",
    .forms = kFormsEngine,
};

void check(const Workload& workload, Sink& sink) {
  if (!workload.has(Workload::Setting::kRestart) || workload.one_shot) return;
  if (!workload.restart.is_known()) {
    sink.unknown("the restart policy is not known");
  } else if (!workload.restart.is_set()) {
    remedy(sink.missing(workload, "no restart policy"), "restart it unless it was stopped",
           spelling::set(workload, spelling::Attribute::kRestart, "unless-stopped"),
           FixSafety::kSafe);
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
              "    restart: unless-stopped\n"},
    {.name = "set",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    restart: unless-stopped\n"},
    {.name = "decided against it",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    restart: \"no\"\n"},
    {.name = "under deploy",
     .before = "services:\n"
               "  a:\n"
               "    image: nginx:1.27\n"
               "    deploy:\n"
               "      restart_policy:\n"
               "        condition: on-failure\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "«docker run» -d nginx:1.27\n"
               "docker run -d --restart=always nginx:1.27\n"
               "docker run --rm nginx:1.27\n",
     .after = "docker run --restart=unless-stopped -d nginx:1.27\n"
              "docker run -d --restart=always nginx:1.27\n"
              "docker run --rm nginx:1.27\n"},
};

}  // namespace

const Rule& restart_policy_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
