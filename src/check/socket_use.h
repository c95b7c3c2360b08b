#pragma once

#include <string>

#include "workload/workload.h"

namespace plimsoll::check {

/// What to do instead of giving this workload the engine's socket, by what its image is known to
/// use it for; general advice for others. No full stop.
[[nodiscard]] std::string instead_of_socket(const Workload& workload);

}  // namespace plimsoll::check
