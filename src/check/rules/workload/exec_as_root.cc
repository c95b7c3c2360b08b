#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "exec-as-root",
    .title = "A command enters a container as root",
    .severity = Severity::kInfo,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:5.24",
    .why =
        "The process may change what the container runs as another user only reads; what it leaves "
        "behind belongs to root.",
    .fix_note =
        "Unsafe: leave the user out, so that it is the container's own; do at build time what "
        "needs root.",
    .sources = "https://docs.docker.com/reference/cli/docker/container/exec/",
    .forms = kFormExec,
};

bool is_root(std::string_view user) {
  user = user.substr(0, user.find(':'));
  return user == "root" || user == "0";
}

void check(const Workload& workload, Sink& sink) {
  if (!workload.user.is_set() || !is_root(workload.user.value)) return;
  sink.report(workload.user.place, "the command runs as root, whoever the container runs as");
}

constexpr Example kExamples[] = {
    {.name = "by name", .file = "run.sh", .before = "docker exec -u «root» web apt-get update\n"},
    {.name = "by number", .file = "run.sh", .before = "docker exec --user «0:0» web sh\n"},
    {.name = "in a bundle of options",
     .file = "run.sh",
     .before = "podman exec -itu «root» web sh\n"},
    {.name = "by Compose", .file = "run.sh", .before = "docker-compose exec -T -u «root» web sh\n"},
    {.name = "another user", .file = "run.sh", .before = "docker exec -u node web sh\n"},
    {.name = "the container's",
     .file = "run.sh",
     .before = "docker exec web sh -c \"chown root /x\"\n"},
};

}  // namespace

const Rule& exec_as_root() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
