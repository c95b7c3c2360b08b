#pragma once

#include <string>
#include <string_view>

namespace plimsoll::check {

/// "AVD-DS-0002", "DS002" and "DS-0002" are one rule of Trivy's; the last is what our aliases say.
/// Letters keep their case.
[[nodiscard]] std::string trivy_id(std::string_view id);

}  // namespace plimsoll::check
