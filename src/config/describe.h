#pragma once

#include <string>

#include "config/configuration.h"

namespace plimsoll::config {

/// A configuration as one could write it into plimsoll.yaml, each value with a comment that says
/// where it comes from. Plain ASCII but for those comments, which hold nothing that moves a cursor.
[[nodiscard]] std::string describe(const Configuration& configuration);

}  // namespace plimsoll::config
