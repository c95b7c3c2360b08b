#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/exit.h"

namespace plimsoll::cli {

/// The whole command line: every command with its options. main() runs it; the manual, the
/// completions and the tests of the documentation read it.
class Program {
 public:
  Program();

  [[nodiscard]] const CLI::App& app() const { return app_; }
  /// Does what the arguments (without the program's name) say. @return the exit status
  [[nodiscard]] int run(std::vector<std::string> arguments);
  /// What is wrong with the arguments, also with a value that can be none of the option's words;
  /// nothing is done. Once per Program.
  [[nodiscard]] std::optional<std::string> fault_of(std::vector<std::string> arguments);

 private:
  CLI::App app_;
  std::vector<std::pair<const CLI::App*, std::function<Exit()>>> actions_;
};

}  // namespace plimsoll::cli
