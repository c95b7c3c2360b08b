#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "cd-unchecked",
    .title = "A build goes on in the wrong folder when cd fails",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "shellcheck:SC2164",
    .why =
        "A RUN does not stop at a command that fails: after 'cd' and ';' the next one runs, in "
        "whatever folder the build was.",
    .fix_note = "Unsafe: '&&' instead of ';' stops the build where it went on so far.",
    .sources = "https://www.shellcheck.net/wiki/SC2164",
};

bool holds_errexit(std::string_view option) {
  return option.size() > 1 && (option[0] == '-') && option[1] != '-' &&
         option.find('e') != std::string_view::npos;
}

template <class Words>
bool any_holds_errexit(const Words& words) {
  return std::any_of(words.begin(), words.end(), [](const auto& word) {
    return holds_errexit(word.value) || word.value == "errexit";
  });
}

/// `#!/bin/sh -e`: its options instead of SHELL's.
bool has_interpreter(std::string_view script) {
  return script.starts_with("#!");
}
bool interpreter_stops(std::string_view script) {
  return script.substr(0, script.find('\n')).find(" -e") != std::string_view::npos;
}

/// Where every image has a folder; `cd -` and `cd` go back.
bool is_there(const shell::Command& cd) {
  if (cd.begin() == cd.end()) return true;
  const std::string_view folder = cd.begin()->value;
  return folder == "/" || folder == "-" || folder == "." || folder.starts_with("..") ||
         folder == "~" || folder == "/tmp" || folder == "/root" || folder == "/home" ||
         folder == "/opt" || folder == "/etc" || folder == "$HOME";
}

bool goes_on_elsewhere(const shell::Command& cd, const shell::Command& next) {
  if (cd.depth > 0 || cd.nested || cd.in_condition || is_there(cd)) return false;
  return next.connector == shell::Connector::kSequence && next.depth == 0;
}

void judge(const dockerfile::Instruction& run, Sink& sink) {
  const std::vector<shell::Command>& commands = run.script.commands;
  for (std::size_t i = 0; i + 1 < commands.size(); ++i) {
    const shell::Command& command = commands[i];
    if (command.name() == "set" && any_holds_errexit(command)) return;
    if (command.name() != "cd" || !goes_on_elsewhere(command, commands[i + 1])) continue;
    sink.report(run.source(command.span), "when it fails '" + std::string(commands[i + 1].name()) +
                                              "' runs where the build was before");
  }
}

void check(const StageView& stage, Sink& sink) {
  bool shell_stops = false;
  for (const dockerfile::Instruction& instruction : stage.instructions()) {
    if (instruction.keyword == dockerfile::Keyword::kShell) {
      shell_stops = any_holds_errexit(instruction.words);
    }
    if (instruction.keyword != dockerfile::Keyword::kRun || !instruction.script.understood)
      continue;
    const std::string_view text = instruction.script_text.text;
    if (has_interpreter(text) ? interpreter_stops(text) : shell_stops) continue;
    judge(instruction, sink);
  }
}

constexpr Example kExamples[] = {
    {.name = "and then",
     .before = "FROM debian:12\n"
               "RUN «cd /app»; make install\n"},
    {.name = "only when it works",
     .before = "FROM debian:12\n"
               "RUN cd /app && make install\n"},
    {.name = "it stops at errors",
     .before = "FROM debian:12\n"
               "RUN set -eux; cd /app; make install\n"},
    {.name = "the shell stops at errors",
     .before = "FROM debian:12\n"
               "SHELL [\"/bin/bash\", \"-ec\"]\n"
               "RUN cd /app; make install\n"},
    {.name = "a folder that is there",
     .before = "FROM debian:12\n"
               "RUN cd /tmp; make install\n"},
    {.name = "nothing follows",
     .before = "FROM debian:12\n"
               "RUN make; cd /app\n"},
    {.name = "in a subshell",
     .before = "FROM debian:12\n"
               "RUN (cd /app; make); echo done\n"},
};

}  // namespace

const Rule& cd_unchecked() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
