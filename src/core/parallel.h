#pragma once

#include <cstddef>
#include <functional>

namespace plimsoll {

/// Calls `work(i)` for every i < count on up to `jobs` threads (0 = one per processor) and returns
/// when all are done. Order is not defined: write results into slot i. `work` must not throw.
/// @param per_thread  as many items are worth starting a thread, which costs some 30 µs
void parallel_for(std::size_t count, std::size_t jobs, const std::function<void(std::size_t)>& work,
                  std::size_t per_thread = 4);

}  // namespace plimsoll
