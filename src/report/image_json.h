#pragma once

#include <nlohmann/json.hpp>

#include "core/image_summary.h"

namespace plimsoll::report {

/// Keys in the order of DESIGN §4.
[[nodiscard]] nlohmann::ordered_json image_json(const ImageSummary& image);
/// What is missing or of another type is left empty.
[[nodiscard]] ImageSummary image_of_json(const nlohmann::ordered_json& json);

}  // namespace plimsoll::report
