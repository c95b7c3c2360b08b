#include <string>

#include "check/package_manager.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "cd-instead-of-workdir",
    .title = "cd does what WORKDIR is for",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "hadolint:DL3003 trivy:DS-0013 semgrep:use-workdir",
    .why =
        "A cd ends with its RUN: as the last command it does nothing, and as the first it hides "
        "from the reader where all of the others run.",
    .fix_note =
        "Write WORKDIR before the RUN. Unsafe: it holds for the following instructions too, "
        "and it creates the folder.",
    .sources = "https://docs.docker.com/reference/dockerfile/#workdir",
};

bool is_cd(const shell::Command& command) {
  return command.name() == "cd" && command.depth == 0 && !command.in_substitution &&
         !command.nested && command.begin() != command.end();
}

void report(const shell::Command& command, const dockerfile::Instruction& run, Sink& sink,
            std::string_view why) {
  const shell::Word& folder = *command.begin();
  sink.report(run.source(command.span),
              "'cd " + std::string(folder.value) + "' " + std::string(why))
      .unfixed = "WORKDIR would hold for the instructions that follow, too";
}

void check(const DockerfileView& view, Sink& sink) {
  for_each_run(view.file.instructions, [&](const dockerfile::Instruction& run) {
    const auto& commands = run.script.commands;
    if (commands.empty()) return;
    if (is_cd(commands.back())) {
      report(commands.back(), run, sink, "ends with this RUN, so it has no effect");
    } else if (is_cd(commands.front())) {
      report(commands.front(), run, sink, "at the start of a RUN is what WORKDIR is for");
    }
  });
}

constexpr Example kExamples[] = {
    {.name = "alone", .before = "FROM debian:12\nRUN «cd /app»\n"},
    {.name = "first", .before = "FROM debian:12\nRUN «cd /app» && make\n"},
    {.name = "last", .before = "FROM debian:12\nRUN mkdir /app && «cd /app»\n"},
    {.name = "on the way", .before = "FROM debian:12\nRUN git clone a && cd a && make\n"},
    {.name = "WORKDIR", .before = "FROM debian:12\nWORKDIR /app\nRUN make\n"},
    {.name = "in a subshell", .before = "FROM debian:12\nRUN (cd /app && make) && make\n"},
};

}  // namespace

const Rule& cd_instead_of_workdir() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
