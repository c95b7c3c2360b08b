#include <algorithm>

#include "check/rule.h"
#include "check/runtime_socket.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "docker-group-added",
    .title = "The process is in the docker group",
    .severity = Severity::kLow,
    .control = Control::kNoDockerSocket,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "The group may use the engine's socket, so even a lesser user in the container is root on "
        "the host.",
    .fix_note = "Delete it together with the socket's mount, or use a socket proxy.",
    .sources = "https://docs.docker.com/engine/security/#docker-daemon-attack-surface",
};

bool has_socket(const Workload& workload) {
  return std::any_of(workload.mounts.begin(), workload.mounts.end(),
                     [](const Mount& mount) { return !engine_of_socket(mount.source).empty(); });
}

void check(const Workload& workload, Sink& sink) {
  const Item* item = workload.group_add.find("docker");
  if (item == nullptr) return;
  Finding& finding = sink.report(item->place, "the process is in the group 'docker'");
  if (!has_socket(workload)) return;
  finding.message += " and the engine's socket is mounted";
  finding.severity = Severity::kHigh;
}

constexpr Example kExamples[] = {
    {.name = "with the socket",
     .before = "services:\n  web:\n    image: nginx:1.27\n    group_add: [«docker»]\n    volumes:\n"
               "      - /var/run/docker.sock:/var/run/docker.sock\n"},
    {.name = "without it",
     .before = "services:\n  web:\n    image: nginx:1.27\n    group_add:\n      - «docker»\n"},
    {.name = "another group",
     .before = "services:\n  web:\n    image: nginx:1.27\n    group_add: [video]\n"},
};

}  // namespace

const Rule& docker_group_added() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
