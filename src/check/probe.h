#pragma once

#include <string_view>

#include "check/rule.h"
#include "workload/spelling.h"

namespace plimsoll::check {

/// Reports a probe that nobody set, and offers one that asks the container's first TCP port. `what`
/// names it: "liveness probe". Not for what ends by itself, nor for containers beside the program's
/// own.
void report_missing_probe(const Workload& workload, const Value<Probe>& probe,
                          std::string_view what, spelling::Attribute attribute, Sink& sink);

}  // namespace plimsoll::check
