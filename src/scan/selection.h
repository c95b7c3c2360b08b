#pragma once

#include <vector>

#include "check/engine.h"
#include "core/report.h"
#include "scan/audit.h"

namespace plimsoll::scan {

/// Takes findings into a report: those of the selected rules are shown, the others counted; with
/// their fingerprints, rules and subjects.
void show(std::vector<Finding> findings, const std::vector<check::Verdict>& verdicts,
          const AuditOptions& options, Report& report);

}  // namespace plimsoll::scan
