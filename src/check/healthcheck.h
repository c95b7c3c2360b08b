#pragma once

#include "check/rule.h"

namespace plimsoll::check {

/// The HEALTHCHECK in force in the image that is built: the last one of the target or of the
/// nearest stage it is FROM. Null when none of them has one.
[[nodiscard]] inline const dockerfile::Instruction* healthcheck_in_force(
    const DockerfileView& view) {
  for (const dockerfile::Stage* stage : view.lineage) {
    const auto instructions = view.file.of(*stage);
    for (std::size_t i = instructions.size(); i-- > 0;) {
      if (instructions[i].keyword == dockerfile::Keyword::kHealthcheck) return &instructions[i];
    }
  }
  return nullptr;
}

/// HEALTHCHECK NONE
[[nodiscard]] inline bool is_disabled(const dockerfile::Instruction& healthcheck) {
  return healthcheck.inner != nullptr && ascii::iequals(healthcheck.inner->keyword_text, "none");
}

}  // namespace plimsoll::check
