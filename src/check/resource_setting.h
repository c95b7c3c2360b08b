#pragma once

#include <optional>
#include <string_view>

#include "check/rule.h"
#include "workload/spelling.h"

namespace plimsoll::check {

/// What would fix it.
struct ResourceFix {
  spelling::Attribute attribute;
  const FixValue& value;
  std::string_view name;  ///< as after --set
};

/// Reports a limit or request that nobody set, or that is set to "unlimited". `what` names it:
/// "memory limit". Not for what ends by itself on a single engine, nor for ephemeral containers,
/// which cannot have any.
void report_missing_resource(const Workload& workload, const Value<std::string>& setting,
                             std::string_view what, const std::optional<ResourceFix>& fix,
                             Sink& sink);

}  // namespace plimsoll::check
