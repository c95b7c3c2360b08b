#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace plimsoll::cli {

/// "90s", "5m", "1h30m", "5m0s", as Go writes durations; seconds at least.
[[nodiscard]] std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// The process ends with Exit::kIncomplete after this time and says so, whatever it waits for: a
/// registry that does not answer any more than an image without end. The first call holds.
void end_after(std::chrono::seconds limit);

}  // namespace plimsoll::cli
