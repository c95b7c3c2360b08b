#pragma once

#include "core/source_file.h"
#include "workload/run/run_line.h"

namespace plimsoll::run {

/// Every run line of a *.service file's Exec… settings. Environment= of the unit is known. A
/// container that the unit itself waits for is a server, --rm or not, and Restart= is its restart
/// policy, unless Type=oneshot.
void read_systemd(const SourceFile& file, RunLines& out);

}  // namespace plimsoll::run
