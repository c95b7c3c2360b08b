#pragma once

#include "parse/dockerfile.h"
#include "parse/logical_text.h"

namespace plimsoll::dockerfile {

/// Reads keyword, flags and arguments of a logical line, and the instruction inside ONBUILD and
/// HEALTHCHECK. Text that is not a slice of the file goes to the arena of `file`. Heredoc bodies,
/// stage and script are filled by the caller.
void parse_instruction(Dockerfile& file, const LogicalText& line, Instruction& instruction);

/// The instruction that a heredoc of this line belongs to; null when it cannot have one.
[[nodiscard]] Instruction* heredoc_owner(Instruction& instruction);

}  // namespace plimsoll::dockerfile
