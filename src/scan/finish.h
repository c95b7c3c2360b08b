#pragma once

#include <string>
#include <vector>

#include "core/finding.h"
#include "core/report.h"

namespace plimsoll::scan {

/// One finding per place and rule; one per file and rule for what is absent (Finding::absence), the
/// other subjects in `also`. Sorts by file, place, rule. Suppressed ones never merge with others.
[[nodiscard]] std::vector<Finding> merge(std::vector<Finding> findings);

/// Stable names: rule, path, subject and the text of the line (blanks folded), numbered among
/// equals, so that edits elsewhere in the file do not change them.
void fingerprint(std::vector<Finding>& findings);

}  // namespace plimsoll::scan
