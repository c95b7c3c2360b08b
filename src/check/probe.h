#pragma once

#include "check/rule.h"
#include "workload/spelling.h"

namespace plimsoll::check {

/// Gives the finding a probe that asks the container's first TCP port, or says that there is none.
void offer_probe(const Workload& workload, spelling::Attribute attribute, Finding& finding);

}  // namespace plimsoll::check
