#pragma once

#include "parse/node.h"
#include "workload/inspect_fields.h"
#include "workload/workload.h"

namespace plimsoll::inspect {

/// What is mounted into an inspected container, each target once.
void read_mounts(const Node& container, const Fields& fields, Workload& workload);

}  // namespace plimsoll::inspect
