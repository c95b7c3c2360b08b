#pragma once

#include <string>
#include <string_view>

#include "check/rule.h"
#include "workload/spelling.h"

namespace plimsoll::check {

/// Gives `finding` these edits as its fix, or the reason why it has none.
/// @param needs  the value the edits hold, if any; one that was given makes the fix safe
void remedy(Finding& finding, std::string title, spelling::Edits edits, FixSafety safety);
void remedy(Finding& finding, std::string title, spelling::Edits edits, const FixValue& value,
            std::string_view needs);

}  // namespace plimsoll::check
