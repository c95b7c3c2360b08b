#pragma once

#include <vector>

#include "check/engine.h"
#include "core/report.h"

namespace plimsoll::check {

/// Decides every control of every scored verdict and adds them up (DESIGN §5).
/// `findings` are those of all rules, after suppression: a control of a subject fails where an
/// unsuppressed finding of severity low or higher names the subject (also in `also`).
/// Findings about a project or a workflow count for every Dockerfile, for kRepositoryControls only.
[[nodiscard]] Score score(const std::vector<Verdict>& verdicts,
                          const std::vector<Finding>& findings);

}  // namespace plimsoll::check
