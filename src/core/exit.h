#pragma once

#include "core/result.h"

namespace plimsoll {

/// DESIGN §4: a contract. Where several hold: 5 > 3 > 4 > 1 > 0. Never 128+n.
enum class Exit : int {
  kClean = 0,  ///< complete, nothing at or above the threshold
  kFindings = 1,
  kUsage = 2,
  kRejected = 3,     ///< some input was refused
  kIncomplete = 4,   ///< a limit, a part that could not be read
  kEnvironment = 5,  ///< no engine, no permission, no data
};

[[nodiscard]] constexpr Exit worse(Exit a, Exit b) {
  constexpr auto rank = [](Exit status) {
    switch (status) {
      case Exit::kClean: return 0;
      case Exit::kFindings: return 1;
      case Exit::kIncomplete: return 2;
      case Exit::kRejected: return 3;
      case Exit::kEnvironment: return 4;
      case Exit::kUsage: return 5;
    }
    return 0;
  };
  return rank(a) >= rank(b) ? a : b;
}

}  // namespace plimsoll
