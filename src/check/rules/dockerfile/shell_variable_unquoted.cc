#include <optional>
#include <string>
#include <string_view>

#include "check/package_manager.h"
#include "check/rule.h"
#include "core/ascii.h"

namespace plimsoll::check::rules {
namespace {

constexpr Meta kMeta{
    .slug = "shell-variable-unquoted",
    .title = "A path in an unquoted variable is handed to rm, chmod or chown",
    .severity = Severity::kLow,
    .control = Control::kVerifiedSources,
    .fix_safety = FixSafety::kUnsafe,
    .aliases = "shellcheck:SC2086 shellcheck:SC2115",
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

/// `$DIR` or `${DIR}` at the start of a word; nothing for expansions with a default or an error.
std::optional<std::string_view> leading_variable(std::string_view raw) {
  if (!raw.starts_with('$')) return std::nullopt;
  raw.remove_prefix(1);
  const bool braces = raw.starts_with('{');
  if (braces) raw.remove_prefix(1);
  std::size_t end = 0;
  while (end < raw.size() && ascii::is_name(raw[end])) ++end;
  if (end == 0 || !ascii::is_name_start(raw[0])) return std::nullopt;
  if (braces && (end == raw.size() || raw[end] != '}')) return std::nullopt;
  return raw.substr(0, end);
}

enum class Value : std::uint8_t { kNotSeen, kFine, kMayBeEmpty, kSplits };

/// The last thing that the stage says about the variable before `run`.
Value value_in_stage(const DockerfileView& view, const dockerfile::Instruction& run,
                     std::string_view name) {
  const dockerfile::Stage* stage = view.stage_of(run);
  if (stage == nullptr) return Value::kNotSeen;
  Value value = Value::kNotSeen;
  for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
    if (instruction.keyword_span.begin > run.keyword_span.begin) break;
    for (const dockerfile::Assignment& variable : instruction.assignments) {
      if (variable.name != name || instruction.keyword == dockerfile::Keyword::kLabel) continue;
      if (!variable.has_value) {
        // A global ARG's default, or the builder, may fill it.
        const dockerfile::Assignment* global = view.file.global_arg(name);
        value = global != nullptr && global->has_value ? Value::kFine : Value::kMayBeEmpty;
      } else if (variable.value.empty()) {
        value = Value::kMayBeEmpty;
      } else {
        const bool splits = variable.value.find_first_of(" \t*?") != std::string_view::npos;
        value = splits ? Value::kSplits : Value::kFine;
      }
    }
  }
  return value;
}

/// Set by the script, which knows what it sets: `dir=$(mktemp -d)`, `for d in …`, `read d`, or
/// checked by it: `[ -n "$d" ]`, `: "${d:?}"`.
bool script_mentions_elsewhere(const dockerfile::Instruction& run, const shell::Word& at,
                               std::string_view name) {
  const std::string_view text = run.script_text.text;
  for (std::size_t found = text.find(name); found != std::string_view::npos;
       found = text.find(name, found + 1)) {
    if (found >= at.span.begin && found < at.span.end) continue;
    const bool before = found > 0 && ascii::is_name(text[found - 1]);
    const std::size_t end = found + name.size();
    if (!before && (end == text.size() || !ascii::is_name(text[end]))) return true;
  }
  return false;
}

/// BuildKit sets these itself.
bool is_predefined(std::string_view name) {
  return name.starts_with("TARGET") || name.starts_with("BUILD") || name == "HOME" ||
         name == "PWD" || name == "PATH";
}

constexpr std::size_t kMaxFindings = 64;  // each look at a variable reads the whole stage

void judge(const DockerfileView& view, const dockerfile::Instruction& run, const shell::Word& word,
           std::size_t& looks, Sink& sink) {
  const auto name = leading_variable(word.raw);
  if (!name || is_predefined(*name) || ++looks > kMaxFindings) return;
  if (script_mentions_elsewhere(run, word, *name)) return;
  const Value value = value_in_stage(view, run, *name);
  if (value != Value::kMayBeEmpty && value != Value::kSplits) return;
  const bool empty = value == Value::kMayBeEmpty;
  sink.report(run.source(word.span), "'" + std::string(word.raw) + "' is not quoted, and " +
                                         std::string(*name) +
                                         (empty ? " may be empty" : " has blanks or globs"))
      .because(std::string(*name), empty ? "no default in this stage" : "splits into words");
}

void check(const DockerfileView& view, Sink& sink) {
  std::size_t looks = 0;
  for_each_run(view.file.instructions, [&](const dockerfile::Instruction& run) {
    for (const shell::Command& command : run.script.commands) {
      if (!is_harmful(command)) continue;
      for (const shell::Word& word : command) {
        if (word.expands && !word.quoted) judge(view, run, word, looks, sink);
      }
    }
  });
}

constexpr Example kExamples[] = {
    {.name = "an argument that may be empty",
     .before = "FROM debian:12\nARG DIR\nRUN rm -rf «$DIR/*»\n"},
    {.name = "a value with a blank",
     .before = "FROM debian:12\nENV DIR=\"/a b\"\nRUN chown -R 1000 «${DIR}»\n"},
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
