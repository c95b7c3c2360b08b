#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "check/absolute_path.h"
#include "check/rule.h"

namespace plimsoll::check {

[[nodiscard]] inline bool is_relative_workdir(const dockerfile::Instruction& instruction) {
  return instruction.keyword == dockerfile::Keyword::kWorkdir &&
         is_relative_path(instruction.args.text);
}

/// Calls visit(instruction, chained) for each WORKDIR with a relative path. `chained`: an earlier
/// WORKDIR of the stage, or of one that it is FROM, says what it is relative to.
template <class Visit>
void for_each_relative_workdir(const DockerfileView& view, Visit visit) {
  const std::vector<dockerfile::Instruction>& all = view.file.instructions;
  if (std::none_of(all.begin(), all.end(), is_relative_workdir)) return;
  std::vector<bool> set(view.file.stages.size(), false);
  bool chained = false;
  for (const dockerfile::Instruction& instruction : all) {
    if (instruction.keyword == dockerfile::Keyword::kFrom) {
      const auto& parent = view.file.stages[instruction.stage].parent;
      chained = parent && set[*parent];
      set[instruction.stage] = chained;
    } else if (instruction.keyword == dockerfile::Keyword::kWorkdir) {
      if (is_relative_workdir(instruction)) visit(instruction, chained);
      chained = true;
      if (instruction.stage < set.size()) set[instruction.stage] = true;
    }
  }
}

}  // namespace plimsoll::check
