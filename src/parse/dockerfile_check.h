#pragma once

#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {

/// Reports what BuildKit refuses about one instruction: unknown keyword, missing or malformed
/// arguments.
void check_instruction(Dockerfile& file, const Instruction& instruction);

/// Reports what is wrong with the file as a whole: nothing in it, no FROM, instructions before it.
void check_file(Dockerfile& file);

}  // namespace plimsoll::dockerfile
