#pragma once

#include <optional>
#include <string_view>

#include "advisory/cvss.h"

/// Each version's metrics and equations, a file each. What they take is the vector without the
/// version before it.
namespace plimsoll::advisory::cvss {

[[nodiscard]] std::optional<CvssScore> score_of_v2(std::string_view metrics);
[[nodiscard]] std::optional<CvssScore> score_of_v30(std::string_view metrics);
[[nodiscard]] std::optional<CvssScore> score_of_v31(std::string_view metrics);
[[nodiscard]] std::optional<CvssScore> score_of_v4(std::string_view metrics);

/// The rating scale of 3.0, 3.1 and 4.0.
[[nodiscard]] Severity severity_of_tenths(int tenths);

}  // namespace plimsoll::advisory::cvss
