#include <algorithm>

#include "check/init_process.h"
#include "check/package_manager.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "no-init-process",
    .title = "The main process is a bad PID 1",
    .severity = Severity::kLow,
    .control = Control::kIsolation,
    .fix_safety = FixSafety::kUnsafe,
    .why =
        "PID 1 must pass on signals and collect children that have ended. Node.js, npm, Java and "
        "shells do not do both: docker stop waits and kills, and dead processes pile up.",
    .fix_note =
        "Start it through tini or dumb-init, or run the container with init (docker run "
        "--init, init: true in Compose). Let the last program of a script take the shell's place "
        "by "
        "exec. Unsafe: it adds a package to the image, and signals reach what they did not before.",
    .sources =
        "https://github.com/krallin/tini "
        "https://docs.docker.com/reference/cli/docker/container/run/#init",
};

constexpr WordList kBadFirst = "node nodejs npm npx yarn pnpm nodemon pm2 ts-node java";

/// What starts first: ENTRYPOINT, or CMD where there is none.
const dockerfile::Instruction* find_last(const DockerfileView& view, dockerfile::Keyword keyword) {
  for (const dockerfile::Stage* stage : view.lineage) {
    const auto instructions = view.file.of(*stage);
    for (std::size_t i = instructions.size(); i-- > 0;) {
      if (instructions[i].keyword == keyword) return &instructions[i];
    }
  }
  return nullptr;
}

/// The base has no ENTRYPOINT of its own, or one that ends in exec "$@".
bool starts_command_itself(const StageBase& base) {
  if (base.scratch) return true;
  if (base.facts == nullptr || !base.reference || !base.reference->is_official()) return false;
  return base.facts->kind == ImageKind::kOs || base.facts->kind == ImageKind::kMinimal ||
         base.facts->kind == ImageKind::kLanguage || base.facts->kind == ImageKind::kSdk;
}

bool all_have_init(const DockerfileView& view) {
  return !view.workloads.empty() &&
         std::all_of(view.workloads.begin(), view.workloads.end(),
                     [](const Workload* workload) { return workload->init.value; });
}

bool stays_shell(const dockerfile::Instruction& process) {
  const std::vector<shell::Command>& commands = process.script.commands;
  if (commands.size() < 2 || commands.back().wrapped_by("exec")) return false;
  // The first is the `sh -c` of an exec form; a lone command after it replaces the shell.
  const std::size_t wrappers = process.exec_form ? 1 : 0;
  return commands.size() > wrappers + 1;
}

void check(const DockerfileView& view, Sink& sink) {
  if (view.target == nullptr) return;
  const dockerfile::Instruction* process = find_last(view, dockerfile::Keyword::kEntrypoint);
  if (process == nullptr) {
    const StageBase* base = view.base(*view.target);
    if (base == nullptr || !base->known || !starts_command_itself(*base)) return;
    process = find_last(view, dockerfile::Keyword::kCmd);
  }
  if (process == nullptr || !process->script.understood) return;
  if (process->script.commands.empty() || all_have_init(view)) return;
  const shell::Command& first = process->script.commands.front();
  if (first.words.empty() || first.program >= first.words.size()) return;
  const Span span = process->source(first.words[first.program].span);
  if (has_word(kBadFirst, first.name())) {
    start_through_init(sink.report(span, "'" + std::string(first.name()) +
                                             "' runs as PID 1 without an init process"),
                       view, *process);
  } else if (stays_shell(*process)) {
    give_way_to_last(sink.report(span, "a shell stays PID 1 and passes no signals on"), view,
                     *process);
  }
}

constexpr Example kExamples[] = {
    {.name = "Node.js",
     .before = "FROM node:20\nCMD [«\"node\"», \"a.js\"]\n",
     .after = "FROM node:20\nRUN apt-get update && apt-get install -y --no-install-recommends tini "
              "&& rm -rf /var/lib/apt/lists/*\nCMD [\"/usr/bin/tini\", \"--\", \"node\", "
              "\"a.js\"]\n"},
    {.name = "the engine brings an init",
     .before = "-- compose.yaml --\nservices:\n  web:\n    build: .\n"
               "-- Dockerfile --\nFROM node:20\nCMD [«\"node\"», \"a.js\"]\n",
     .after = "-- compose.yaml --\nservices:\n  web:\n    build: .\n    init: true\n"
              "-- Dockerfile --\nFROM node:20\nCMD [\"node\", \"a.js\"]\n"},
    {.name = "packages are installed already",
     .before = "FROM node:20-alpine\r\nRUN apk add --no-cache \\\r\n      curl \\\r\n      git\r\n"
               "USER node\r\nENTRYPOINT [ «\"node\"», \\\r\n  \"a.js\" ]\r\n",
     .after = "FROM node:20-alpine\r\nRUN apk add --no-cache \\\r\n      curl \\\r\n      git "
              "\\\r\n      tini\r\nUSER node\r\nENTRYPOINT [ \"/sbin/tini\", \"--\", \"node\", "
              "\\\r\n  \"a.js\" ]\r\n"},
    {.name = "packages on one line, and others for the build only",
     .before = "from node:20-alpine\nrun apk add --no-cache -t .build gcc\n"
               "run apk add --no-cache curl && npm ci\ncmd [«\"npm\"», \"start\"]\n",
     .after = "from node:20-alpine\nrun apk add --no-cache -t .build gcc\n"
              "run apk add --no-cache curl tini && npm ci\n"
              "cmd [\"/sbin/tini\", \"--\", \"npm\", \"start\"]\n"},
    {.name = "a base image without packages",
     .before = "FROM gcr.io/distroless/java17\nENTRYPOINT [«\"java\"», \"-jar\", \"a.jar\"]\n"},
    {.name = "npm in shell form", .before = "FROM node:20\nENTRYPOINT «npm» start\n"},
    {.name = "Java", .before = "FROM debian:12\nENTRYPOINT [«\"java\"», \"-jar\", \"a.jar\"]\n"},
    {.name = "a shell that waits",
     .before = "FROM debian:12\nCMD «migrate» && serve\n",
     .after = "FROM debian:12\nCMD migrate && exec serve\n"},
    {.name = "a shell in an array that waits",
     .before = "FROM debian:12\nENTRYPOINT [«\"sh\"», \"-c\", \"migrate; serve --all;\"]\n",
     .after = "FROM debian:12\nENTRYPOINT [\"sh\", \"-c\", \"migrate; exec serve --all;\"]\n"},
    {.name = "a script that goes on in the background",
     .before = "FROM debian:12\nCMD «serve» & wait\n"},
    {.name = "tini",
     .before = "FROM node:20\nENTRYPOINT [\"tini\", \"--\"]\nCMD [\"node\", \"a\"]\n"},
    {.name = "dumb-init in one",
     .before = "FROM node:20\nCMD [\"dumb-init\", \"node\", \"a.js\"]\n"},
    {.name = "a program of its own", .before = "FROM scratch\nENTRYPOINT [\"/app\"]\n"},
    {.name = "the shell gives way", .before = "FROM debian:12\nCMD migrate && exec serve\n"},
    {.name = "a base whose ENTRYPOINT we do not know",
     .before = "FROM example/node:1\nCMD [\"node\", \"a.js\"]\n"},
};

}  // namespace

const Rule& no_init_process() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
