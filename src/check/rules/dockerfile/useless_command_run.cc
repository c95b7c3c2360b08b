#include <string>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "useless-command-run",
    .title = "A command runs that makes no sense in a build",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kNone,
    .aliases = "hadolint:DL3001 kics:9b6b0f38 semgrep:nonsensical-command",
    .why =
        "A build has no terminal, no init system and no processes but its own: what the command "
        "starts is gone, and what it shows nobody sees, when the RUN ends.",
    .fix_note = "Remove it; start services with ENTRYPOINT or CMD.",
    .sources = "https://docs.docker.com/reference/dockerfile/#run",
};

bool is_useless(std::string_view name) {
  switch (name.size()) {
    case 2: return name == "ps";
    case 3: return name == "ssh" || name == "vim" || name == "top";
    case 4: return name == "free" || name == "kill" || name == "nano" || name == "htop";
    case 5: return name == "mount";
    case 6: return name == "reboot";
    case 7: return name == "service";
    case 8: return name == "shutdown" || name == "ifconfig";
    default: return false;
  }
}

/// vim and ssh have uses without a terminal: `vim +PlugInstall +qall`, `ssh -V`.
bool has_purpose(const RunCommand& run) {
  const std::string_view name = run.name();
  for (const shell::Word& arg : run.command) {
    if (name == "vim" && (arg.value.starts_with('+') || arg.value == "-c" || arg.value == "-es")) {
      return true;
    }
    if (arg.value == "--version" || arg.value == "--help") return true;
    if (name == "ssh" && (arg.value == "-V" || arg.value == "-T")) return true;
  }
  if (name == "ssh") {
    for (const dockerfile::Flag& flag : run.instruction.flags) {
      if (flag.name == "mount" && flag.value.find("type=ssh") != std::string_view::npos)
        return true;
    }
  }
  return false;
}

/// Ends what the same script has started: `mysqld & … kill $!`.
bool kills_own_child(const RunCommand& run) {
  if (run.name() != "kill") return false;
  for (const shell::Word& arg : run.command) {
    if (arg.expands || arg.value.starts_with('%')) return true;
  }
  return false;
}

void check(const RunCommand& run, Sink& sink) {
  const std::string_view name = run.name();
  if (!is_useless(name) || has_purpose(run) || kills_own_child(run)) return;
  sink.report(run.span(run.command.words[run.command.program]),
              "'" + std::string(name) + "' makes no sense in a build");
}

constexpr Example kExamples[] = {
    {.name = "top", .before = "FROM debian:12\nRUN «top»\n"},
    {.name = "service",
     .before = "FROM debian:12\nRUN apt-get install -y nginx && «service» nginx start\n"},
    {.name = "installed, not run", .before = "FROM debian:12\nRUN apt-get install -y ssh vim\n"},
    {.name = "ends its own child", .before = "FROM debian:12\nRUN mysqld & sleep 5; kill $!\n"},
    {.name = "vim without a terminal", .before = "FROM debian:12\nRUN vim +PlugInstall +qall\n"},
    {.name = "an argument", .before = "FROM debian:12\nRUN echo top > /mount\n"},
};

}  // namespace

const Rule& useless_command_run() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
