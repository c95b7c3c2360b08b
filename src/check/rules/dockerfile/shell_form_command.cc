#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "shell-form-command",
    .title = "The command runs in a shell",
    .severity = Severity::kInfo,
    .control = Control::kVerifiedSources,
    .enabled = true,
    .fix_safety = FixSafety::kUnsafe,
    .aliases =
        "hadolint:DL3025 buildkit:JSONArgsRecommended kics:b86987e1 "
        "semgrep:prefer-json-notation",
    .why =
        "The shell is process 1 and passes no signals on, so docker stop waits and then kills; "
        "an image without shell does not start at all.",
    .fix_note =
        "Write the words as a JSON array, or let the shell of a single command with variables give "
        "way to it by exec. Not done where the shell does more: pipes, &&. Unsafe: it changes how "
        "CMD and ENTRYPOINT combine, so look at both.",
    .sources =
        "https://docs.docker.com/reference/build-checks/json-args-recommended/ "
        "https://github.com/hadolint/hadolint/wiki/DL3025",
};

/// A word that means the same without a shell.
bool is_plain(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) {
    return ascii::is_alnum(c) || std::string_view("_./:=@,+-").find(c) != std::string_view::npos;
  });
}

/// Commands that only the shell has.
bool is_builtin(std::string_view name) {
  for (const std::string_view builtin :
       {".", ":", "cd", "eval", "exec", "exit", "export", "set", "source", "trap", "type", "ulimit",
        "umask", "unset", "wait"}) {
    if (name == builtin) return true;
  }
  return ascii::contains(name, "=");
}

/// The words as a JSON array; "" when the shell has work to do.
std::string as_array(std::string_view text) {
  std::string array;
  for (std::string_view rest = text; !rest.empty(); rest = ascii::trim(rest)) {
    std::size_t size = 0;
    while (size < rest.size() && !ascii::is_space(rest[size])) ++size;
    const std::string_view word = rest.substr(0, size);
    if (!is_plain(word) || (array.empty() && is_builtin(word))) return "";
    array += array.empty() ? "[\"" : ", \"";
    array += word;
    array += '"';
    rest.remove_prefix(size);
  }
  return array + ']';
}

/// ["sh", "-c", "exec …"] of a single command that has variables or quotes; "" for anything else.
std::string as_script(const dockerfile::Instruction& command) {
  const auto& commands = command.script.commands;
  if (!command.script.understood || commands.size() != 1) return "";
  const shell::Command& only = commands.front();
  if (only.words.empty() || only.program != 0 || !only.environment.empty() || only.depth > 0 ||
      is_builtin(only.name()) || only.words.front().expands || command.args.text.front() == '[' ||
      only.span.size() != command.args.text.size()) {
    return "";
  }
  std::string script;
  for (const char c : command.args.text) {
    if (static_cast<unsigned char>(c) < ' ') return "";
    if (c == '"' || c == '\\') script += '\\';
    script += c;
  }
  return R"(["sh", "-c", "exec )" + script + R"("])";
}

void judge(const dockerfile::Instruction& command, Sink& sink) {
  const std::string_view text = command.args.text;
  const Span span = command.args.source(Span{0, static_cast<std::uint32_t>(text.size())});
  Finding& finding = sink.report(span, std::string(dockerfile::to_string(command.keyword)) +
                                           " is no JSON array, so a shell runs it");
  if (!command.args.segments.empty()) {
    finding.unfixed = "it is written over several lines";
    return;
  }
  std::string title = "write the command as a JSON array";
  std::string array = as_array(text);
  if (array.empty()) {
    title = "let the shell give way to the command";
    array = as_script(command);
  }
  if (array.empty()) {
    finding.unfixed = "the shell has something to do there";
    return;
  }
  finding.fix = Fix{
      .title = std::move(title), .edits = {{span, std::move(array)}}, .safety = FixSafety::kUnsafe};
}

bool is_command(const dockerfile::Instruction& instruction) {
  return instruction.keyword == dockerfile::Keyword::kCmd ||
         instruction.keyword == dockerfile::Keyword::kEntrypoint;
}

/// The shell-form command in the instruction or, for ONBUILD, behind it; else null.
const dockerfile::Instruction* shell_form(const dockerfile::Instruction& instruction) {
  const bool onbuild =
      instruction.keyword == dockerfile::Keyword::kOnbuild && instruction.inner != nullptr;
  const dockerfile::Instruction& command = onbuild ? *instruction.inner : instruction;
  if (!is_command(command) || command.exec_form || command.args.text.empty()) return nullptr;
  return &command;
}

void check(const DockerfileView& view, Sink& sink) {
  const std::vector<dockerfile::Instruction>& all = view.file.instructions;
  const bool any = std::any_of(all.begin(), all.end(), [](const dockerfile::Instruction& one) {
    return shell_form(one) != nullptr;
  });
  if (!any) return;
  // SHELL, in the stage or in one that it is FROM, says that the author wants that shell.
  std::vector<bool> chosen(view.file.stages.size(), false);
  for (const dockerfile::Instruction& instruction : all) {
    const bool in_stage = instruction.stage < chosen.size();
    if (instruction.keyword == dockerfile::Keyword::kFrom) {
      const auto& parent = view.file.stages[instruction.stage].parent;
      chosen[instruction.stage] = parent && chosen[*parent];
    } else if (instruction.keyword == dockerfile::Keyword::kShell && in_stage) {
      chosen[instruction.stage] = true;
    } else if (!in_stage || !chosen[instruction.stage]) {
      const dockerfile::Instruction* command = shell_form(instruction);
      if (command != nullptr) judge(*command, sink);
    }
  }
}

constexpr Example kExamples[] = {
    {.name = "plain words",
     .before = "FROM node:20\nCMD «npm  start -- --port=80»\n",
     .after = "FROM node:20\nCMD [\"npm\", \"start\", \"--\", \"--port=80\"]\n"},
    {.name = "a variable and quotes",
     .before = "FROM node:20\nCMD «node \"$FILE\"»\n",
     .after = "FROM node:20\nCMD [\"sh\", \"-c\", \"exec node \\\"$FILE\\\"\"]\n"},
    {.name = "a variable is the program", .before = "FROM node:20\nCMD «$FILE a»\n"},
    {.name = "several commands", .before = "FROM node:20\nENTRYPOINT «cd /a && node b.js»\n"},
    {.name = "a builtin", .before = "FROM node:20\nENTRYPOINT «exec node b.js»\n"},
    {.name = "no valid JSON", .before = "FROM node:20\nCMD «['node']»\n"},
    {.name = "for images built from this one", .before = "FROM node:20\nONBUILD CMD «$A»\n"},
    {.name = "an array", .before = "FROM node:20\nENTRYPOINT [\"node\"]\nCMD [\"a.js\"]\n"},
    {.name = "a shell of choice",
     .before = "FROM node:20 AS base\nSHELL [\"/bin/bash\", \"-c\"]\nFROM base\nCMD node a.js\n"},
};

}  // namespace

const Rule& shell_form_command() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
