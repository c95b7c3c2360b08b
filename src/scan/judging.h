#pragma once

#include <vector>

#include "check/engine.h"
#include "scan/inputs.h"
#include "scan/model.h"

namespace plimsoll::scan {

/// Applies every rule to every subject, in parallel. Verdicts come in a fixed order.
[[nodiscard]] std::vector<check::Verdict> judge_all(Inputs& inputs, const Model& model,
                                                    const AuditOptions& options);

}  // namespace plimsoll::scan
