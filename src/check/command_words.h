#pragma once

#include <string_view>
#include <vector>

#include "workload/workload.h"

namespace plimsoll::check {

/// The words of entrypoint and command; those of shell strings too, without their quotes. Views
/// into `workload`.
[[nodiscard]] std::vector<std::string_view> command_words(const Workload& workload);

/// Whether `text` stands in the file as it is, and did not come out of a variable.
[[nodiscard]] bool is_written_at(const Place& place, std::string_view text);

}  // namespace plimsoll::check
