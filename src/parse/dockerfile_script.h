#pragma once

#include <deque>
#include <string>

#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {

/// Fills `script` and `script_text` of a RUN, CMD or ENTRYPOINT whose arguments and heredocs are
/// read. `dialect` is what the shell form runs in.
void parse_script(Instruction& instruction, shell::Dialect dialect, std::deque<std::string>& arena);

}  // namespace plimsoll::dockerfile
