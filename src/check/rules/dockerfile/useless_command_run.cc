#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "check/remedy.h"
#include "check/rule.h"
#include "core/ascii.h"
#include "parse/dockerfile_edit.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "useless-command-run",
    .title = "A command runs that makes no sense in a build",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "hadolint:DL3001 kics:9b6b0f38 semgrep:nonsensical-command",
    .why =
        "A build has no terminal, no init system and no processes but its own: what the command "
        "starts is gone, and what it shows nobody sees, when the RUN ends.",
    .fix_note =
        "Remove it; start services with ENTRYPOINT or CMD. Unsafe: what it wrote on the way stays "
        "away as well.",
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

std::uint32_t end_of(const shell::Command& command) {
  std::uint32_t end = command.span.end;
  for (const shell::Redirect& redirect : command.redirects) end = std::max(end, redirect.span.end);
  return end;
}

/// Stands in a list of its own level, and nothing is piped into it or out of it.
bool is_plain(const RunCommand& run) {
  const auto& commands = run.instruction.script.commands;
  const shell::Command& command = run.command;
  using shell::Connector;
  const auto tied = [](const shell::Command& each) {
    return each.connector == Connector::kFirst || each.connector == Connector::kAnd ||
           each.connector == Connector::kSequence;
  };
  if (command.depth > 0 || command.nested || !command.environment.empty() || !tied(command) ||
      !dockerfile::is_editable(run.view.file, run.instruction, command, command.words.front())) {
    return false;
  }
  return run.index + 1 == commands.size() ||
         (tied(commands[run.index + 1]) && commands[run.index + 1].depth == 0);
}

/// With the operator that ties it to its neighbour.
dockerfile::Edits without_command(const RunCommand& run) {
  using Reason = tl::unexpected<std::string>;
  const auto& commands = run.instruction.script.commands;
  const bool is_last = run.index + 1 == commands.size();
  // What it starts is gone after the RUN, but not before.
  if (!is_last && run.name() != "ps" && run.name() != "free") {
    return Reason("what comes after it may need it");
  }
  if (!is_plain(run)) return Reason("the script around it would have to change");
  if (commands.size() == 1) {
    return dockerfile::remove_instruction(run.view.file, run.instruction);
  }
  const Span logical = run.index == 0 ? Span{run.command.span.begin, commands[1].span.begin}
                                      : Span{end_of(commands[run.index - 1]), end_of(run.command)};
  std::string_view tie = run.instruction.script_text.text.substr(logical.begin, logical.size());
  if (run.index == 0) {
    tie.remove_prefix(end_of(run.command) - logical.begin);
  } else {
    tie = tie.substr(0, run.command.span.begin - logical.begin);
  }
  tie = ascii::trim(tie);
  const Span span{run.instruction.source({logical.begin, logical.begin}).begin,
                  run.instruction.source({logical.end - 1, logical.end}).end};
  const Span from =
      run.index == 0
          ? span
          : Span{run.instruction.source({logical.begin - 1, logical.begin}).end, span.end};
  const bool has_comment = run.view.file.source->slice(from).find('#') != std::string_view::npos;
  if ((tie != "&&" && tie != ";") || has_comment) {
    return Reason("the script around it would have to change");
  }
  return std::vector<Edit>{{from, ""}};
}

void check(const RunCommand& run, Sink& sink) {
  const std::string_view name = run.name();
  if (!is_useless(name) || has_purpose(run) || kills_own_child(run)) return;
  Finding& finding = sink.report(run.span(run.command.words[run.command.program]),
                                 "'" + std::string(name) + "' makes no sense in a build");
  remedy(finding, "take it out", without_command(run), FixSafety::kUnsafe);
}

constexpr Example kExamples[] = {
    {.name = "top",
     .before = "FROM debian:12\nRUN «top»\nCMD [\"a\"]\n",
     .after = "FROM debian:12\nCMD [\"a\"]\n"},
    {.name = "on a line of its own",
     .before = "FROM debian:12\r\nRUN a > /b \\\r\n && «ps» aux \\\r\n && c\r\n",
     .after = "FROM debian:12\r\nRUN a > /b \\\r\n && c\r\n"},
    {.name = "first of its list",
     .before = "FROM debian:12\nRUN «free» -m; a\n",
     .after = "FROM debian:12\nRUN a\n"},
    {.name = "what comes next needs it",
     .before = "FROM debian:12\nRUN «service» mysql start && mysql -e 'create database a'\n"},
    {.name = "service",
     .before = "FROM debian:12\nRUN apt-get install -y nginx && «service» nginx start\n",
     .after = "FROM debian:12\nRUN apt-get install -y nginx\n"},
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
