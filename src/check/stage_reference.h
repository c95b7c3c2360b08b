#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "check/external_image.h"
#include "check/rule.h"

/// How the stages of a Dockerfile hang together.
namespace plimsoll::check {

/// The stage or image that a flag of COPY or RUN takes files from; "" when it takes none.
[[nodiscard]] inline std::string_view source_stage(const dockerfile::Flag& flag) {
  if (flag.name == "from") return flag.value;
  return flag.name == "mount" ? mount_field(flag.value, "from") : std::string_view();
}

/// Calls visit(instruction, name, span) for each COPY --from=name and RUN --mount=…,from=name.
/// Not for those inside ONBUILD: they are about the stages of another Dockerfile.
template <class Visit>
void for_each_stage_reference(const DockerfileView& view, Visit visit) {
  for (const dockerfile::Instruction& instruction : view.file.instructions) {
    for (const dockerfile::Flag& flag : instruction.flags) {
      const std::string_view name = source_stage(flag);
      if (!name.empty()) visit(instruction, name, flag.value_span);
    }
  }
}

/// The stage before that of `instruction` which `name` (or a number) means; null when there is
/// none.
[[nodiscard]] const dockerfile::Stage* earlier_stage(const DockerfileView& view,
                                                     const dockerfile::Instruction& instruction,
                                                     std::string_view name);

/// By stage index: building the target builds this stage, too.
[[nodiscard]] std::vector<bool> needed_stages(const DockerfileView& view);

}  // namespace plimsoll::check
