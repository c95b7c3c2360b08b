#pragma once

#include <string_view>

#include "check/rule.h"

namespace plimsoll::check {

/// Reports a probe that nobody set. `what` names it: "liveness probe". Not for what ends by itself,
/// nor for containers beside the program's own.
void report_missing_probe(const Workload& workload, const Value<Probe>& probe,
                          std::string_view what, Sink& sink);

}  // namespace plimsoll::check
