#pragma once

#include <optional>
#include <string>

#include "check/rule.h"

namespace plimsoll::check {

/// Gives the finding about a workload's image this tag as its fix; without one, says that the
/// version is the user's to choose.
void offer_tag(const Workload& workload, const ImageReference& reference,
               const std::optional<std::string>& tag, Finding& finding);

}  // namespace plimsoll::check
