#pragma once

#include <string_view>

#include "check/rule.h"

namespace plimsoll::check {

/// Reports a limit or request that nobody set, or that is set to "unlimited". `what` names it:
/// "memory limit". Not for what ends by itself on a single engine, nor for ephemeral containers,
/// which cannot have any.
void report_missing_resource(const Workload& workload, const Value<std::string>& setting,
                             std::string_view what, Sink& sink);

}  // namespace plimsoll::check
