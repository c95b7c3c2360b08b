#include <algorithm>

#include "check/rule.h"
#include "core/path.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "sudo-used",
    .title = "sudo is used",
    .severity = Severity::kLow,
    .control = Control::kNonRootUser,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "hadolint:DL3004 trivy:DS-0010 checkov:CKV2_DOCKER_1 kics:8ada6e80 "
        "semgrep:no-sudo-in-dockerfile dockle:DKL-DI-0001",
    .why =
        "In a build, sudo does nothing for root and leaves a setuid program behind. At run time "
        "it means that the user can become root.",
    .fix_note =
        "Leave sudo out where the build is root, put USER root before and the other USER after the "
        "instruction where it is not, and use gosu or setpriv to step down.",
    .sources = "https://docs.docker.com/build/building/best-practices/#user",
};

void check(const dockerfile::Instruction& instruction, Sink& sink) {
  if (instruction.keyword != dockerfile::Keyword::kRun &&
      instruction.keyword != dockerfile::Keyword::kCmd &&
      instruction.keyword != dockerfile::Keyword::kEntrypoint) {
    return;
  }
  for (const shell::Command& command : instruction.script.commands) {
    const std::size_t last =
        std::min<std::size_t>(command.program + std::size_t{1}, command.words.size());
    for (std::size_t i = 0; i < last; ++i) {
      const shell::Word& word = command.words[i];
      if (word.value.size() < 4 || path::name(word.value) != "sudo") continue;
      sink.report(instruction.source(word.span),
                  std::string(dockerfile::to_string(instruction.keyword)) + " uses sudo");
      break;
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "before a command", .before = "FROM debian:12\nRUN «sudo» apt-get update\n"},
    {.name = "each command is one",
     .before = "FROM debian:12\nRUN «sudo» a && b && «/usr/bin/sudo» -E c\n"},
    {.name = "the main process", .before = "FROM debian:12\nCMD [«\"sudo\"», \"nginx\"]\n"},
    {.name = "is installed", .before = "FROM debian:12\nRUN apt-get install -y sudo\n"},
    {.name = "is spoken of", .before = "FROM debian:12\nRUN echo sudo > /etc/motd\n"},
};

}  // namespace

const Rule& sudo_used() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
