#pragma once

#include "check/rule.h"

namespace plimsoll::check {

/// Gives `finding`, an image that `step` publishes unscanned, a scan before the push that fails
/// the job; or says why that cannot be written for certain.
void scan_before_push(Finding& finding, const ci::Workflow& workflow, const ci::Step& step);

}  // namespace plimsoll::check
