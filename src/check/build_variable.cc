#include "check/build_variable.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::check {

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

namespace {

bool is_used_in_from(const DockerfileView& view, std::string_view name) {
  return std::any_of(view.file.stages.begin(), view.file.stages.end(),
                     [name](const dockerfile::Stage& stage) {
                       return stage.image.find(name) != std::string_view::npos;
                     });
}

}  // namespace

BuildValue value_in_stage(const DockerfileView& view, const dockerfile::Instruction& run,
                          std::string_view name) {
  const dockerfile::Stage* stage = view.stage_of(run);
  if (stage == nullptr) return BuildValue::kNotSeen;
  BuildValue value = BuildValue::kNotSeen;
  for (const dockerfile::Instruction& instruction : view.file.of(*stage)) {
    if (instruction.keyword_span.begin > run.keyword_span.begin) break;
    for (const dockerfile::Assignment& variable : instruction.assignments) {
      if (variable.name != name || instruction.keyword == dockerfile::Keyword::kLabel) continue;
      if (!variable.has_value) {
        // A global ARG's default may fill it; without one the builder must when a FROM needs it.
        const dockerfile::Assignment* global = view.file.global_arg(name);
        const bool filled = global != nullptr && (global->has_value || is_used_in_from(view, name));
        value = filled ? BuildValue::kFine : BuildValue::kMayBeEmpty;
      } else if (variable.value.empty()) {
        value = BuildValue::kMayBeEmpty;
      } else {
        const bool splits = variable.value.find_first_of(" \t*?") != std::string_view::npos;
        value = splits ? BuildValue::kSplits : BuildValue::kFine;
      }
    }
  }
  return value;
}

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

bool is_predefined_variable(std::string_view name) {
  return name.starts_with("TARGET") || name.starts_with("BUILD") || name == "HOME" ||
         name == "PWD" || name == "PATH";
}

}  // namespace plimsoll::check
