#include "check/host_namespace.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "host-user-namespace",
    .title = "The container opts out of user remapping",
    .severity = Severity::kMedium,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:5.31",
    .why =
        "User remapping makes root of a container nobody on the host; this switches it off for one "
        "container.",
    .fix_note = "Delete it and give the host's files that it needs to the remapped user.",
    .sources = "https://docs.docker.com/engine/security/userns-remap/",
    .forms = static_cast<FormSet>(kFormCompose | kFormRun | kFormInspect),
};

void check(const Workload& workload, Sink& sink) {
  // Podman's default is the caller's own namespace, and "host" names just that.
  if (workload.form == Form::kPodmanRun) return;
  report_host_namespace(
      workload, workload.userns_mode,
      "the container's root is the host's root even where the engine remaps users", sink);
}

constexpr Example kExamples[] = {
    {.name = "in Compose",
     .before = "services:\n  web:\n    image: nginx:1.27\n    userns_mode: «host»\n",
     .after = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"},
    {.name = "on the command line",
     .file = "run.sh",
     .before = "docker run --userns=«host» nginx:1.27\n",
     .after = "docker run nginx:1.27\n"},
    {.name = "not said", .before = "services:\n  web:\n    image: nginx:1.27\n"},
};

}  // namespace

const Rule& host_user_namespace() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
