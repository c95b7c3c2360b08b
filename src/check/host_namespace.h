#pragma once

#include <string>
#include <string_view>

#include "check/remedy.h"
#include "check/rule.h"

namespace plimsoll::check {

/// Reports `mode` of `workload` when it joins the host's namespace. `says` names what is shared,
/// `reveals` the rules that may have something to say once it does not.
inline void report_host_namespace(const Workload& workload, const Value<std::string>& mode,
                                  std::string_view says, Sink& sink,
                                  std::string_view reveals = {}) {
  if (!mode.is_known()) {
    sink.unknown("the mode comes from a variable");
    return;
  }
  if (!mode.is_set() || mode.value != "host") return;
  Finding& finding = sink.report(mode.place, std::string(says));
  remedy(finding, "leave the host's namespace", spelling::take_out(workload, mode.place),
         FixSafety::kUnsafe);
  if (finding.fix) finding.fix->reveals = reveals;
}

}  // namespace plimsoll::check
