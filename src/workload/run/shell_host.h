#pragma once

#include <deque>
#include <string_view>

#include "core/source_file.h"
#include "workload/run/embedded_script.h"
#include "workload/run/run_line.h"
#include "workload/run/variables.h"

namespace plimsoll::run {

/// Every run line of a shell script, in source order. `variables` holds what is known at its start
/// (a Makefile's) and is left as the script leaves it.
/// @return false when the shell parser did not understand it; lines found so far are kept
bool read_shell(const SourceFile& file, const EmbeddedScript& script, Variables& variables,
                RunLines& out);

}  // namespace plimsoll::run
