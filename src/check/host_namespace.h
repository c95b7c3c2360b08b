#pragma once

#include <string>
#include <string_view>

#include "check/rule.h"

namespace plimsoll::check {

/// Reports `mode` when it joins the host's namespace. `says` names what is shared.
inline void report_host_namespace(const Value<std::string>& mode, std::string_view says,
                                  Sink& sink) {
  if (!mode.is_known()) {
    sink.unknown("the mode comes from a variable");
    return;
  }
  if (mode.is_set() && mode.value == "host") sink.report(mode.place, std::string(says));
}

}  // namespace plimsoll::check
