#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "init-process-missing",
    .title = "The main process does not reap its children",
    .severity = Severity::kInfo,
    .control = Control::kHealthChecks,
    .fix_safety = FixSafety::kSafe,
    .why =
        "As process 1 it has to take care of signals and of orphaned processes; most programs do "
        "neither, so stopping takes ten seconds and zombies pile up.",
    .fix_note = "Safe: adds init: true, with which the engine starts tini first.",
    .sources = "https://docs.docker.com/reference/compose-file/services/#init",
    .forms = kFormsEngine,
};

bool has_own_init(std::string_view program) {
  for (const std::string_view init : {"tini", "dumb-init", "s6-svscan", "catatonit", "docker-init",
                                      "/init", "systemd", "/sbin/init", "supervisord"}) {
    if (program.ends_with(init)) return true;
  }
  return false;
}

bool starts_init(const std::vector<std::string>& words) {
  return !words.empty() &&
         has_own_init(
             std::string_view(words.front()).substr(0, std::string_view(words.front()).find(' ')));
}

/// The image's own ENTRYPOINT or CMD, as its Dockerfile has it.
bool dockerfile_starts_init(const Workload& workload) {
  for (const dockerfile::Stage* stage : workload.dockerfile->lineage(*workload.stage)) {
    for (const dockerfile::Instruction& instruction : workload.dockerfile->of(*stage)) {
      const bool starts = instruction.keyword == dockerfile::Keyword::kEntrypoint ||
                          instruction.keyword == dockerfile::Keyword::kCmd;
      if (starts && !instruction.words.empty() && has_own_init(instruction.words.front().value)) {
        return true;
      }
    }
  }
  return false;
}

void check(const Workload& workload, Sink& sink) {
  if (workload.one_shot || !workload.has(Workload::Setting::kInit)) return;
  if (workload.image_facts == nullptr || workload.image_facts->needs_init != true) return;
  if (workload.init.is_set() || !workload.init.is_known()) return;
  if (starts_init(workload.entrypoint) || starts_init(workload.command)) return;
  if (workload.dockerfile != nullptr && workload.stage != nullptr &&
      dockerfile_starts_init(workload)) {
    return;
  }
  remedy(
      sink.missing(workload, "the image's main process is a bad process 1, and there is no init"),
      "start an init as process 1", spelling::set(workload, spelling::Attribute::kInit, "true"),
      FixSafety::kSafe);
}

constexpr Example kExamples[] = {
    {.name = "node",
     .before = "services:\n"
               "  «web»:\n"
               "    image: node:24\n"
               "    command: node a.js\n",
     .after = "services:\n"
              "  web:\n"
              "    image: node:24\n"
              "    command: node a.js\n"
              "    init: true\n"},
    {.name = "init",
     .before = "services:\n"
               "  web:\n"
               "    image: node:24\n"
               "    init: true\n"},
    {.name = "decided against it",
     .before = "services:\n"
               "  web:\n"
               "    image: node:24\n"
               "    init: false\n"},
    {.name = "tini in the Dockerfile",
     .before = "-- compose.yaml --\n"
               "services:\n"
               "  web:\n"
               "    build: .\n"
               "-- Dockerfile --\n"
               "FROM node:24\n"
               "ENTRYPOINT [\"/usr/bin/tini\", \"--\"]\n"
               "CMD [\"node\", \"a.js\"]\n"},
    {.name = "a server that does it itself",
     .before = "services:\n"
               "  web:\n"
               "    image: nginx:1.27\n"},
};

}  // namespace

const Rule& init_process_missing() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
