#pragma once

#include <string>
#include <string_view>

#include "workload/end_of_life.h"

namespace plimsoll::check {

/// Its makers have stopped, but others still fix it, or for pay.
[[nodiscard]] bool supported_by_others(const EndOfLife& release, Date today);

/// "Node.js 14 is past its end of life of 2023-04-30", of a release that has ended.
[[nodiscard]] std::string describe_ended(const EndOfLife& release, Date today);

/// The same of a distribution by its words in os-release(5); "" while it is supported, and of one
/// that is not known.
[[nodiscard]] std::string describe_ended_system(std::string_view id, std::string_view version,
                                                Date today);

}  // namespace plimsoll::check
