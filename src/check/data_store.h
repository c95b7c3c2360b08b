#pragma once

#include "workload/workload.h"

namespace plimsoll::check {

/// A database, cache, queue or search engine, by the name of its image.
[[nodiscard]] bool is_data_store(const Workload& workload);

}  // namespace plimsoll::check
