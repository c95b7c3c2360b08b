#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::image {

/// What the processes of a container run right now: programs, libraries, and archives of Java, by
/// their paths in the container, sorted. Empty where that cannot be seen: its engine is on another
/// machine, or its processes are another user's.
/// @param processes  "/proc"
/// @param container  its whole id, which control groups of engines have in their names
/// Source: proc(5), "/proc/pid/maps" and "/proc/pid/cgroup".
[[nodiscard]] std::vector<std::string> files_in_use(const std::string& processes,
                                                    std::string_view container);

}  // namespace plimsoll::image
