#pragma once

#include "check/rule.h"

namespace plimsoll::check {

/// Calls visit(instruction) for each one with this keyword that a later one of the same stage
/// replaces: of CMD, ENTRYPOINT and HEALTHCHECK only the last has an effect.
template <class Visit>
void for_each_replaced(const DockerfileView& view, dockerfile::Keyword keyword, Visit visit) {
  const dockerfile::Instruction* last = nullptr;
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    if (instruction.keyword != keyword) continue;
    if (last != nullptr && last->stage == instruction.stage) visit(*last);
    last = &instruction;
  }
}

}  // namespace plimsoll::check
