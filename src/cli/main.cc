#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/output.h"
#include "core/version.h"

namespace {

using plimsoll::Exit;

/// `plimsoll` and `plimsoll PATH` mean audit: puts the word in where no subcommand is named.
std::vector<std::string> with_default_command(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.empty()) return {"audit"};
  const std::string& first = arguments.front();
  if (first == "--help" || first == "-h" || first == "--version") return arguments;
  for (const plimsoll::cli::Command* command : plimsoll::cli::all_commands()) {
    if (first == command->name) return arguments;
  }
  const bool is_path = first.find('/') != std::string::npos || first == "." || first == "-";
  if (first.starts_with("--") || is_path) arguments.insert(arguments.begin(), "audit");
  return arguments;
}

int run(int argc, char** argv) {
  CLI::App app{"plimsoll finds, fixes, gates and watches container security", "plimsoll"};
  app.set_version_flag("--version", std::string("plimsoll ") + plimsoll::kVersion);
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::simple);
  std::vector<std::pair<const CLI::App*, std::function<Exit()>>> actions;
  for (const plimsoll::cli::Command* command : plimsoll::cli::all_commands()) {
    CLI::App* sub = app.add_subcommand(std::string(command->name), std::string(command->title));
    actions.emplace_back(sub, command->declare(*sub));
  }
  std::vector<std::string> arguments = with_default_command(argc, argv);
  std::reverse(arguments.begin(), arguments.end());  // CLI11 pops from the back
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {  // CLI11's way to say --help, --version and mistakes
    return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::kUsage);
  }
  for (const auto& [sub, action] : actions) {
    if (sub->parsed()) return static_cast<int>(action());
  }
  return static_cast<int>(Exit::kUsage);
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(), not a death
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {  // no memory, no threads: a status, never a death
    std::fprintf(stderr, "plimsoll: %s\n", error.what());
    return static_cast<int>(Exit::kEnvironment);
  }
}
