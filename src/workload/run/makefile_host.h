#pragma once

#include "core/source_file.h"
#include "workload/run/run_line.h"

namespace plimsoll::run {

/// Every run line of a Makefile's recipes. `NAME = literal` lines of the file are known; what is
/// assigned twice in different ways or inside a conditional is not.
/// Source: GNU make manual 4.4, "Recipe Syntax", "Setting Variables", "How to Use Variables".
void read_makefile(const SourceFile& file, RunLines& out);

}  // namespace plimsoll::run
