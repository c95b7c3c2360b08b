#include "check/stage_reference.h"

#include <algorithm>

#include "core/ascii.h"

namespace plimsoll::check {

const dockerfile::Stage* earlier_stage(const DockerfileView& view,
                                       const dockerfile::Instruction& instruction,
                                       std::string_view name) {
  const std::vector<dockerfile::Stage>& stages = view.file.stages;
  if (instruction.stage == dockerfile::Instruction::kNoStage) return nullptr;
  if (ascii::is_number(name)) {
    const dockerfile::Stage* stage = view.file.find_stage(name);
    return stage != nullptr && stage->index < instruction.stage ? stage : nullptr;
  }
  for (std::uint32_t i = instruction.stage; i-- > 0;) {
    if (ascii::iequals(stages[i].name, name)) return &stages[i];
  }
  return nullptr;
}

std::vector<bool> needed_stages(const DockerfileView& view) {
  const std::vector<dockerfile::Stage>& stages = view.file.stages;
  std::vector<bool> needed(stages.size(), false);
  if (view.target == nullptr) return needed;
  needed[view.target->index] = true;
  // A stage needs only earlier ones, so one walk backwards sees each after all that need it.
  for (std::size_t i = stages.size(); i-- > 0;) {
    if (!needed[i]) continue;
    if (stages[i].parent) needed[*stages[i].parent] = true;
    if (!stages[i].parent && !stages[i].image_known) {
      // FROM base-$TARGETARCH: any of them may be meant.
      std::fill_n(needed.begin(), i, true);
    }
    for (const dockerfile::Instruction& instruction : view.file.of(stages[i])) {
      for (const dockerfile::Flag& flag : instruction.flags) {
        const std::string_view name = source_stage(flag);
        if (name.empty()) continue;
        const dockerfile::Stage* stage = earlier_stage(view, instruction, name);
        if (stage != nullptr) needed[stage->index] = true;
      }
    }
  }
  return needed;
}

}  // namespace plimsoll::check
