#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/exit.h"

namespace plimsoll::cli {

/// A subcommand: declares its options on `app` and returns what to do once they are parsed.
/// One file per subcommand in commands/, found by CMake.
struct Command {
  std::string_view name;
  std::string_view title;
  std::function<Exit()> (*declare)(CLI::App& app);
};

[[nodiscard]] const std::vector<const Command*>& all_commands();

}  // namespace plimsoll::cli
