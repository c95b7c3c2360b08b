#pragma once

#include <set>
#include <string_view>

#include "core/finding.h"
#include "workload/compose.h"

namespace plimsoll::check {

/// Gives the data stores of a Compose project a network of their own, which those services join
/// that use or may use the data; or says why that cannot be done for certain.
void separate_data(Finding& finding, const compose::Project& project,
                   const std::set<std::string_view>& data_stores);

}  // namespace plimsoll::check
