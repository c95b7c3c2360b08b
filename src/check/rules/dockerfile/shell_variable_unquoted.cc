#include <optional>
#include <string>
#include <string_view>

#include "check/build_variable.h"
#include "check/package_manager.h"
#include "check/rule.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "shell-variable-unquoted",
    .title = "A path in an unquoted variable is handed to rm, chmod or chown",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "shellcheck:SC2086 shellcheck:SC2115 shellcheck:SC2046",
    .why =
        "The shell splits the value at blanks and expands its globs, and an empty one vanishes: "
        "rm -rf $DIR/* becomes rm -rf /*.",
    .fix_note =
        "Write \"${DIR:?}\": quoted, and an error when it is empty. Unsafe where the variable "
        "holds several words on purpose.",
    .sources = "https://www.shellcheck.net/wiki/SC2086 https://www.shellcheck.net/wiki/SC2115",
};

/// Programs that do harm when they are given the wrong path.
bool is_harmful(const shell::Command& command) {
  const std::string_view name = command.name();
  if (name == "rm")
    return command.has_flag("-r") || command.has_flag("-R") || command.has_flag("--recursive");
  if (name == "chmod" || name == "chown" || name == "chgrp") {
    return command.has_flag("-R") || command.has_flag("--recursive");
  }
  return false;
}

constexpr std::size_t kMaxFindings = 64;  // each look at a variable reads the whole stage

void judge(const DockerfileView& view, const dockerfile::Instruction& run, const shell::Word& word,
           std::size_t& looks, Sink& sink) {
  const auto name = leading_variable(word.raw);
  if (!name || is_predefined_variable(*name) || ++looks > kMaxFindings) return;
  if (script_mentions_elsewhere(run, word, *name)) return;
  const BuildValue value = value_in_stage(view, run, *name);
  if (value != BuildValue::kMayBeEmpty && value != BuildValue::kSplits) return;
  const bool empty = value == BuildValue::kMayBeEmpty;
  sink.report(run.source(word.span), "'" + std::string(word.raw) + "' is not quoted, and " +
                                         std::string(*name) +
                                         (empty ? " may be empty" : " has blanks or globs"))
      .because(std::string(*name), empty ? "no default in this stage" : "splits into words");
}

/// What is left of `$(…)/x` and `` `…`/x `` when the command prints nothing: "/x". "" for a word
/// that is the substitution alone: splitting that into several paths may well be meant.
std::string_view path_behind_substitution(std::string_view raw) {
  std::size_t end = 0;
  if (raw.starts_with("$(") && !raw.starts_with("$((")) {
    std::size_t depth = 0;
    for (end = 1; end < raw.size(); ++end) {
      if (raw[end] == '(') ++depth;
      if (raw[end] == ')' && --depth == 0) break;
    }
  } else if (raw.starts_with('`')) {
    end = raw.find('`', 1);
  } else {
    return {};
  }
  if (end >= raw.size()) return {};
  const std::string_view rest = raw.substr(end + 1);
  return rest.starts_with('/') ? rest : std::string_view{};
}

void judge_substitution(const dockerfile::Instruction& run, const shell::Word& word, Sink& sink) {
  const std::string_view rest = path_behind_substitution(word.raw);
  if (rest.empty()) return;
  sink.report(run.source(word.span), "'" + std::string(word.raw) + "' is not quoted, and '" +
                                         std::string(rest) + "' when the command prints nothing");
}

void check(const DockerfileView& view, Sink& sink) {
  std::size_t looks = 0;
  for_each_run(view.file.instructions, [&](const dockerfile::Instruction& run) {
    for (const shell::Command& command : run.script.commands) {
      if (!is_harmful(command)) continue;
      for (const shell::Word& word : command) {
        if (!word.expands || word.quoted) continue;
        judge(view, run, word, looks, sink);
        judge_substitution(run, word, sink);
      }
    }
  });
}

constexpr Example kExamples[] = {
    {.name = "an argument that may be empty",
     .before = "FROM debian:12\nARG DIR\nRUN rm -rf «$DIR/*»\n"},
    {.name = "a value with a blank",
     .before = "FROM debian:12\nENV DIR=\"/a b\"\nRUN chown -R 1000 «${DIR}»\n"},
    {.name = "what a command prints, and a path in it",
     .before = "FROM debian:12\nRUN rm -rf «$(npm root -g)/npm»\n"},
    {.name = "several paths on purpose",
     .before = "FROM debian:12\nRUN rm -rf $(find / -name __pycache__)\n"},
    {.name = "a quoted substitution",
     .before = "FROM debian:12\nRUN rm -rf \"$(npm root -g)/npm\"\n"},
    {.name = "quoted", .before = "FROM debian:12\nARG DIR\nRUN rm -rf \"$DIR\"/a\n"},
    {.name = "an error when empty", .before = "FROM debian:12\nARG DIR\nRUN rm -rf ${DIR:?}/a\n"},
    {.name = "a value that is one word",
     .before = "FROM debian:12\nENV DIR=/a\nRUN rm -rf $DIR/*\n"},
    {.name = "set by the base image", .before = "FROM debian:12\nRUN rm -rf $GOPATH/pkg\n"},
    {.name = "set by the script",
     .before = "FROM debian:12\nARG D\nRUN D=$(mktemp -d) && rm -r $D\n"},
    {.name = "the folder is named", .before = "FROM debian:12\nARG V\nRUN rm -rf /opt/app-$V\n"},
    {.name = "harmless", .before = "FROM debian:12\nARG DIR\nRUN ls $DIR\n"},
};

}  // namespace

const Rule& shell_variable_unquoted() {
  static constexpr Rule rule{kMeta, check, kExamples};
  return rule;
}

}  // namespace plimsoll::check::rules
