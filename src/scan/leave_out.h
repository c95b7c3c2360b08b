#pragma once

#include <vector>

#include "config/configuration.h"
#include "core/report.h"
#include "scan/discover.h"

namespace plimsoll::scan {

/// Takes out of `discovery` what the configuration excludes, and counts it. What the user named is
/// judged all the same: an excluded file, or all of an excluded folder. When
/// limits::kExclusionSteps is not enough the rest is judged, and `discovery` says so.
[[nodiscard]] std::vector<LeftOut> leave_out(const config::Configuration& configuration,
                                             Discovery& discovery);

}  // namespace plimsoll::scan
