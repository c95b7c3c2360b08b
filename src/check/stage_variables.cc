#include "check/stage_variables.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::check {
namespace {

/// Beyond these nobody wrote the file by hand, and looking on would cost too much.
constexpr std::size_t kMaxCommands = 256;
constexpr std::size_t kMaxLineage = 64;
constexpr std::size_t kMaxStages = 64;

bool script_sets(const shell::Script& script, std::string_view name) {
  if (script.commands.size() > kMaxCommands) return true;
  for (const shell::Command& command : script.commands) {
    for (const shell::Assignment& variable : command.environment) {
      if (variable.name == name) return true;
    }
    // `export version=1`, `read version`, `for version in …`.
    for (const shell::Word& word : command) {
      if (word.value.starts_with(name)) return true;
    }
  }
  return false;
}

/// The name after '$' or "${", and how many bytes the whole takes; nothing for other expansions.
struct Reference {
  std::string_view name;
  std::size_t size = 0;
};
std::optional<Reference> read_reference(std::string_view text) {
  const bool braces = text.size() > 1 && text[1] == '{';
  std::size_t end = braces ? 2 : 1;
  const std::size_t begin = end;
  while (end < text.size() && ascii::is_name(text[end])) ++end;
  if (end == begin || !ascii::is_name_start(text[begin])) return std::nullopt;
  const std::string_view name = text.substr(begin, end - begin);
  if (!braces) return Reference{name, end};
  if (end == text.size() || text[end] != '}') return std::nullopt;
  return Reference{name, end + 1};
}

}  // namespace

void StageVariables::read() {
  read_ = true;
  for (const dockerfile::Instruction& instruction : file_.instructions) {
    for (const dockerfile::Assignment& variable : instruction.assignments) {
      if (instruction.keyword == dockerfile::Keyword::kArg) {
        declared_[variable.name].as_argument = true;
      } else if (instruction.keyword == dockerfile::Keyword::kEnv) {
        declared_[variable.name].stages.push_back(instruction.stage);
      }
    }
  }
}

bool StageVariables::is_set_in_lineage(const Declared& declared, std::uint32_t stage) const {
  if (declared.stages.size() > kMaxStages) return true;
  for (std::size_t depth = 0; depth < kMaxLineage; ++depth) {
    if (std::find(declared.stages.begin(), declared.stages.end(), stage) != declared.stages.end()) {
      return true;
    }
    if (stage >= file_.stages.size() || !file_.stages[stage].parent) return false;
    stage = *file_.stages[stage].parent;
  }
  return true;
}

bool StageVariables::is_unset(const dockerfile::Instruction& run, std::string_view name) const {
  const auto found = declared_.find(name);
  if (found == declared_.end() || found->second.as_argument) return false;
  if (is_set_in_lineage(found->second, run.stage)) return false;
  return !script_sets(run.script, name);
}

std::optional<std::string> StageVariables::without_unset(const dockerfile::Instruction& run,
                                                         std::string_view text) {
  if (!read_) read();
  if (declared_.empty()) return std::nullopt;
  std::string left;
  while (!text.empty()) {
    if (text[0] == '`') return std::nullopt;
    if (text[0] != '$') {
      left.push_back(text[0]);
      text.remove_prefix(1);
      continue;
    }
    const auto reference = read_reference(text);
    if (!reference || !is_unset(run, reference->name)) return std::nullopt;
    text.remove_prefix(reference->size);
  }
  return left;
}

}  // namespace plimsoll::check
