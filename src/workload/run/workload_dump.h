#pragma once

#include <string>

#include "workload/workload.h"

namespace plimsoll::run {

/// Everything of an engine's workload that is not at its default, for tests: `user=1000 cap+=[A,B]
/// mount=bind:/a:/b:ro`. A '?' marks what is unknown, `=?` alone a setting nobody can know.
[[nodiscard]] std::string dump(const Workload& workload);

}  // namespace plimsoll::run
