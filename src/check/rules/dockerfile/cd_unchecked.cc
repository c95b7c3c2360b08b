#include <algorithm>
#include <iterator>
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

/// `cd -`, `cd ..` and `cd` go back.
bool goes_back(const shell::Command& cd) {
  if (cd.begin() == cd.end()) return true;
  const std::string_view folder = cd.begin()->value;
  return folder == "-" || folder == "." || folder == "~" || folder.starts_with("..");
}

constexpr std::size_t kMostLooks = 64;  // each reads the stage from its start

/// What stands before it in the stage names the folder too: WORKDIR, COPY, mkdir, git clone. So it
/// is there.
bool is_there(const StageView& stage, const dockerfile::Instruction& run,
              const shell::Command& cd) {
  const std::string_view folder = cd.begin()->value;
  static constexpr std::string_view kEverywhere[] = {"/", "/tmp", "/root", "/home", "/opt", "/etc"};
  if (std::find(std::begin(kEverywhere), std::end(kEverywhere), folder) != std::end(kEverywhere)) {
    return true;
  }
  const std::uint32_t begin = stage.instructions().front().keyword_span.begin;
  const Span before{begin, std::max(begin, run.source(cd.span).begin)};
  return stage.view.file.source->slice(before).find(folder) != std::string_view::npos;
}

bool goes_on_elsewhere(const shell::Command& cd, const shell::Command& next) {
  if (cd.depth > 0 || cd.nested || cd.in_condition || goes_back(cd)) return false;
  return next.connector == shell::Connector::kSequence && next.depth == 0;
}

void judge(const StageView& stage, const dockerfile::Instruction& run, std::size_t& looks,
           Sink& sink) {
  const std::vector<shell::Command>& commands = run.script.commands;
  for (std::size_t i = 0; i + 1 < commands.size(); ++i) {
    const shell::Command& command = commands[i];
    if (command.name() == "set" && any_holds_errexit(command)) return;
    if (command.name() != "cd" || !goes_on_elsewhere(command, commands[i + 1])) continue;
    if (++looks > kMostLooks || is_there(stage, run, command)) continue;
    sink.report(run.source(command.span), "when it fails '" + std::string(commands[i + 1].name()) +
                                              "' runs where the build was before");
  }
}

void check(const StageView& stage, Sink& sink) {
  bool shell_stops = false;
  std::size_t looks = 0;
  for (const dockerfile::Instruction& instruction : stage.instructions()) {
    if (instruction.keyword == dockerfile::Keyword::kShell) {
      shell_stops = any_holds_errexit(instruction.words);
    }
    if (instruction.keyword != dockerfile::Keyword::kRun || !instruction.script.understood)
      continue;
    const std::string_view text = instruction.script_text.text;
    if (has_interpreter(text) ? interpreter_stops(text) : shell_stops) continue;
    judge(stage, instruction, looks, sink);
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
    {.name = "the stage made it",
     .before = "FROM debian:12\n"
               "WORKDIR /src\n"
               "RUN mkdir /build; cd /build; cmake /src; cd /src; make\n"},
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
