#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/exit.h"

namespace plimsoll::cli {

/// A command line that people can copy, and what it does, as a sentence without full stop.
struct Sample {
  std::string_view line;
  std::string_view what;
};

/// When a command ends with this status, as a phrase without full stop.
struct Status {
  Exit exit;
  std::string_view when;
};

/// A subcommand: declares its options on `app` and returns what to do once they are parsed.
/// One file per subcommand in commands/, found by CMake. --help, the pages of docs/commands, the
/// man pages and the completions are all made from this and from the declared options; value.h says
/// how an option's type name tells what its value may be. In texts, `…` marks what is typed.
struct Command {
  std::string_view name;
  std::string_view title;  ///< one line, imperative, no full stop
  std::function<Exit()> (*declare)(CLI::App& app);
  std::string_view about = {};  ///< whole sentences; an empty line parts paragraphs
  std::span<const Sample> samples = {};
  std::span<const Status> statuses = {};
  std::string_view also = {};  ///< another name of it; "" without
};

/// Those of a command that only prints something.
inline constexpr Status kPrintingStatuses[] = {
    {Exit::kClean, "all was printed"},
    {Exit::kUsage, "the command line is wrong"},
    {Exit::kEnvironment, "nothing could be written"},
};

[[nodiscard]] const std::vector<const Command*>& all_commands();
/// Null when there is none of this name, nor with it as another.
[[nodiscard]] const Command* find_command(std::string_view name);

}  // namespace plimsoll::cli
