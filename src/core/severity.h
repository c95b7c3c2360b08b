#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll {

enum class Severity : std::uint8_t { kInfo, kLow, kMedium, kHigh, kCritical };

/// "critical", "high", "medium", "low", "info".
[[nodiscard]] std::string_view to_string(Severity severity);
/// Case-insensitive, so that CRITICAL,HIGH works as Trivy's users type it.
[[nodiscard]] std::optional<Severity> parse_severity(std::string_view text);
/// Share of a control in the score: critical 10, high 5, medium 3, low 1, info 0 (DESIGN §5).
[[nodiscard]] int weight(Severity severity);

}  // namespace plimsoll
