#pragma once

#include <string_view>

#include "check/package_manager.h"

namespace plimsoll::check {

/// The command names packages whose versions it could choose: not an upgrade, a lock file's
/// install, or one that a requirements or constraints file decides.
[[nodiscard]] bool chooses_versions(const PackageCommand& package);

/// The operand says which version to take, or is no package of a registry: a file, a folder, an
/// address, a group, something to remove. Expansions must be gone from `operand`.
[[nodiscard]] bool is_pinned(const PackageCommand& package, std::string_view operand);

}  // namespace plimsoll::check
