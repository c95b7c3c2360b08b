#pragma once

#include "workload/workload.h"

namespace plimsoll::run {

/// Some options are out of sight, so nothing follows from what was not seen: every setting still at
/// its default becomes kUnknown, and every list too, since there may be more of it.
void mark_incomplete(Workload& workload, Place place);

}  // namespace plimsoll::run
