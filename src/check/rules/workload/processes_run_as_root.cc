#include <string>

#include "check/rule.h"
#include "workload/effective_user.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "processes-run-as-root",
    .title = "Processes of the container run as root",
    .severity = Severity::kHigh,
    .control = Control::kNonRootUser,
    .enabled = true,
    .fix_safety = FixSafety::kNone,
    .why =
        "This is what runs, whatever the description says: whoever breaks into such a process is "
        "root in the container, and one kernel or engine bug away from root on the host.",
    .fix_note =
        "Set a user for the container. Where one is set, look for what became root all the same: a "
        "program with the set-uid bit, or docker exec --user root.",
    .sources =
        "https://docs.docker.com/reference/cli/docker/container/top/ "
        "https://docs.docker.com/build/building/best-practices/#user",
    .forms = kFormInspect,
};

/// How the processes of a container's root are listed.
std::string root_of(const Workload& workload) {
  const LiveContainer& live = *workload.live;
  const bool remapped =
      live.user_namespace == UserNamespace::kRemapped && workload.userns_mode.value != "host";
  if (!remapped) return "0";
  return live.remapped_root ? std::to_string(*live.remapped_root) : std::string();
}

/// What softens it: that root is none on the host.
std::string on_the_host(const Workload& workload, const std::string& root) {
  if (workload.live->user_namespace == UserNamespace::kRootless) {
    return "; the engine is rootless: on the host it is the engine's user";
  }
  return root == "0" ? "" : "; the user namespace is remapped: on the host it is uid " + root;
}

std::string claim(const Workload& workload) {
  if (!workload.user.is_known()) return "";
  return workload.user.value.empty() ? ", and no user is set"
                                     : ", though the user is '" + workload.user.value + "'";
}

void check(const Workload& workload, Sink& sink) {
  if (!workload.live || !workload.live->asked || !workload.live->running) return;
  const auto& processes = workload.live->processes;
  const std::string root = root_of(workload);
  if (!processes || root.empty()) {
    sink.unknown("whose processes run in it is not known");
    return;
  }
  // container-runs-as-root says so already.
  if (is_root_user(workload.user.value)) return;
  const Process* first = nullptr;
  std::size_t count = 0;
  for (const Process& process : *processes) {
    if (process.user != root && !(root == "0" && process.user == "root")) continue;
    if (count++ == 0) first = &process;
  }
  if (first == nullptr) return;
  const std::string others = count > 1 ? " and " + std::to_string(count - 1) + " more" : "";
  const std::string softened = on_the_host(workload, root);
  Finding& finding = sink.report(first->place, "'" + first->program + "'" + others +
                                                   (count > 1 ? " run" : " runs") + " as root" +
                                                   claim(workload) + softened);
  if (!softened.empty()) finding.severity = Severity::kMedium;
}

constexpr Example kExamples[] = {
    {.name = "root all the same",
     .file = "live.json",
     .before = "{\"Container\": {\"Name\": \"/web\", \"State\": {\"Running\": true},\n"
               "  \"Config\": {\"User\": \"1000\"}, \"HostConfig\": {}},\n"
               " \"Processes\": {\"Titles\": [\"UID\", \"PID\", \"COMMAND\"],\n"
               "  \"Processes\": [[\"1000\", \"41\", \"node\"], [«\"0\"», \"42\", \"su\"], [\"0\", "
               "\"43\", \"sh\"]]}}\n"},
    {.name = "no user is set",
     .file = "live.json",
     .before = "{\"Container\": {\"Name\": \"/web\", \"State\": {\"Running\": true},\n"
               "  \"Config\": {\"User\": \"\", \"Image\": \"postgres:17\"}, \"HostConfig\": {}},\n"
               " \"Processes\": {\"Titles\": [\"UID\", \"PID\", \"COMMAND\"],\n"
               "  \"Processes\": [[«\"0\"», \"41\", \"postgres\"]]}}\n"},
    {.name = "the user namespace is remapped",
     .file = "live.json",
     .before = "{\"Container\": {\"Name\": \"/web\", \"State\": {\"Running\": true},\n"
               "  \"Config\": {\"User\": \"\"}, \"HostConfig\": {}},\n"
               " \"Processes\": {\"Titles\": [\"UID\", \"PID\", \"COMMAND\"],\n"
               "  \"Processes\": [[«\"100000\"», \"41\", \"nginx\"], [\"100101\", \"42\", "
               "\"nginx\"]]},\n"
               " \"RemappedRoot\": 100000, \"UserNamespace\": \"remapped\"}\n"},
    {.name = "nobody is root",
     .file = "live.json",
     .before = "{\"Container\": {\"Name\": \"/db\", \"State\": {\"Running\": true},\n"
               "  \"Config\": {\"User\": \"\"}, \"HostConfig\": {}},\n"
               " \"Processes\": {\"Titles\": [\"UID\", \"PID\", \"COMMAND\"],\n"
               "  \"Processes\": [[\"999\", \"41\", \"postgres\"]]}}\n"},
    {.name = "root is what was asked for",
     .file = "live.json",
     .before = "{\"Container\": {\"Name\": \"/web\", \"State\": {\"Running\": true},\n"
               "  \"Config\": {\"User\": \"root\"}, \"HostConfig\": {}},\n"
               " \"Processes\": {\"Titles\": [\"UID\", \"PID\", \"COMMAND\"],\n"
               "  \"Processes\": [[\"0\", \"41\", \"nginx\"]]}}\n"},
};

}  // namespace

const Rule& processes_run_as_root() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
