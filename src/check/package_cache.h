#pragma once

#include <string_view>

#include "parse/dockerfile.h"
#include "parse/shell.h"

/// Whether the cache of a package manager stays behind. Caches are blank-separated folders; one
/// without a leading slash is somewhere in a home.
namespace plimsoll::check {

/// `path` is the cache, holds it, or is in it: "/var/lib/apt/lists/*", "/var/lib/{apt,dpkg}".
[[nodiscard]] bool path_covers(std::string_view path, std::string_view cache);

/// `rm -r` or `find … -delete` of one of the caches, or of something that may be one of them.
[[nodiscard]] bool removes_one_of(const shell::Command& command, std::string_view caches);

/// RUN --mount=type=cache or tmpfs at or above one of the caches.
[[nodiscard]] bool mounts_one_of(const dockerfile::Instruction& run, std::string_view caches);

/// RUN has any mount of type cache or tmpfs.
[[nodiscard]] bool mounts_scratch_space(const dockerfile::Instruction& run);

}  // namespace plimsoll::check
