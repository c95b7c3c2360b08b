#pragma once

#include <string>
#include <vector>

#include "advisory/database.h"

namespace plimsoll::advisory {

/// Day of the newest advisory for these ecosystems; of all that there is where the database has
/// none of them. When a file was imported says nothing of how old its advisories are.
[[nodiscard]] std::string newest_advisory(const DatabaseStatus& status,
                                          const std::vector<std::string>& ecosystems);

}  // namespace plimsoll::advisory
