#pragma once

#include <string_view>
#include <vector>

#include "workload/workload.h"

namespace plimsoll::check {

/// Names of the settings, as Compose calls them, in which a container is not what its service asks
/// for. Only what the file sets and what both sides know is compared: what the file leaves open may
/// have come from a file that is not at hand.
[[nodiscard]] std::vector<std::string_view> differences(const Workload& service,
                                                        const Workload& container);

}  // namespace plimsoll::check
