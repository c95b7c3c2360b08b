#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "check/rule.h"
#include "parse/shell.h"

/// Commands of npm, yarn and pnpm that install what the project's package.json names.
namespace plimsoll::check {

struct NodeInstall {
  enum class Tool : std::uint8_t { kNpm, kYarn, kPnpm };
  Tool tool = Tool::kNpm;
  const shell::Word* verb = nullptr;  ///< null for a bare `yarn`
  bool clean = false;                 ///< `npm ci`: exactly what the lock file says
  bool production = false;            ///< without what is needed for development only
  bool locks_nothing = false;         ///< told not to read or write the lock file
};

/// Nothing for installs of named packages, global ones, and all else.
[[nodiscard]] std::optional<NodeInstall> read_node_install(const shell::Command& command);

/// `npm prune`, or node_modules goes.
[[nodiscard]] bool removes_development_packages(const shell::Command& command);

/// NODE_ENV=production, by which all three leave development packages out.
[[nodiscard]] bool says_production(std::string_view value);

}  // namespace plimsoll::check
