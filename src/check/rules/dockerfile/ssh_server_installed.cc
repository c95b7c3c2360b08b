#include <algorithm>

#include "check/package_manager.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "ssh-server-installed",
    .title = "The image has a login service",
    .severity = Severity::kMedium,
    .control = Control::kMinimalBaseImage,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "cis-docker:5.7",
    .why =
        "sshd in a container needs root, keys and patches of its own, and is a way in that no "
        "orchestrator sees; docker exec and kubectl exec do the same with the platform's access "
        "control.",
    .fix_note = "Take the package and the service out of the image.",
    .sources = "https://docs.docker.com/build/building/best-practices/",
};

constexpr WordList kPackages =
    "openssh-server openssh dropbear dropbear-bin telnetd inetutils-telnetd telnet-server xrdp "
    "rsh-server tigervnc-standalone-server";
constexpr WordList kServers = "sshd dropbear telnetd in.telnetd xrdp";

void judge_run(const dockerfile::Instruction& run, Sink& sink) {
  for (const shell::Command& command : run.script.commands) {
    PackageCommand install = read_package_command(command);
    if (!install || !install.installs()) continue;
    while (const shell::Word* word = install.operands.next()) {
      const std::string_view package = word->value.substr(0, word->value.find_first_of("=~/"));
      // Elsewhere "openssh" is only the client's half.
      if (package == "openssh" && install.tool() != PackageTool::kApk) continue;
      if (!has_word(kPackages, package)) continue;
      Finding& finding = sink.report(
          run.source(word->span), "the image has the login service '" + std::string(package) + "'");
      // Alpine's package has both halves, and most who install it want the client.
      if (package == "openssh") finding.severity = Severity::kLow;
    }
  }
}

void judge_process(const dockerfile::Instruction& process, Sink& sink) {
  for (const shell::Command& command : process.script.commands) {
    if (command.words.empty() || !has_word(kServers, command.name())) continue;
    const shell::Word& program = command.words[command.program];
    sink.report(process.source(program.span),
                "the container runs the login service '" + std::string(command.name()) + "'");
  }
}

void check(const DockerfileView& view, Sink& sink) {
  for (const dockerfile::Stage* stage : view.lineage) {
    for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
      if (instruction.keyword == dockerfile::Keyword::kRun) {
        if (instruction.script.understood) judge_run(instruction, sink);
      } else if (instruction.keyword == dockerfile::Keyword::kCmd ||
                 instruction.keyword == dockerfile::Keyword::kEntrypoint) {
        judge_process(instruction, sink);
      }
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "installed",
     .before = "FROM debian:12\nRUN apt-get update && apt-get install -y curl «openssh-server»\n"},
    {.name = "Alpine's package has both halves",
     .before = "FROM alpine:3.20\nRUN apk add --no-cache «openssh»\n"},
    {.name = "run", .before = "FROM debian:12\nCMD [«\"/usr/sbin/sshd\"», \"-D\"]\n"},
    {.name = "the client", .before = "FROM debian:12\nRUN apt-get install -y openssh-client\n"},
    {.name = "in a build stage",
     .before = "FROM debian:12\nRUN apt-get install -y openssh-server\nFROM debian:12\n"},
};

}  // namespace

const Rule& ssh_server_installed() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
