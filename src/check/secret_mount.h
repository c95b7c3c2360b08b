#pragma once

#include <string_view>

#include "check/rule.h"

namespace plimsoll::check {

/// `text` has $NAME or ${NAME…}.
[[nodiscard]] bool expands_variable(std::string_view text, std::string_view name);
/// RUN has it in its command or in a heredoc.
[[nodiscard]] bool runs_with(const dockerfile::Instruction& instruction, std::string_view name);

/// Gives `finding`, which is about a secret that ARG or ENV carries, the fix that takes the
/// declaration away and mounts the secret, under the same name, for each RUN that mentions it; or
/// the reason why there is none. Never holds the value.
void move_to_mount(Finding& finding, const DockerfileView& view,
                   const dockerfile::Instruction& declaration,
                   const dockerfile::Assignment& variable);

}  // namespace plimsoll::check
