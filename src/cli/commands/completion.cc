#include "cli/completion/completion.h"

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/program.h"

namespace plimsoll::cli::commands {
namespace {

struct Shell {
  std::string_view name;
  std::string (*script)(const CLI::App& program);
};

constexpr std::array kShells{
    Shell{"bash", cli::completion::bash},
    Shell{"zsh", cli::completion::zsh},
    Shell{"fish", cli::completion::fish},
};

Exit run(const std::string& name) {
  for (const Shell& shell : kShells) {
    if (shell.name != name) continue;
    const auto written = write_output(shell.script(Program().app()), "");
    return written ? Exit::kClean : Exit::kEnvironment;
  }
  complain("no completion for '" + name + "': bash, zsh and fish are known");
  return Exit::kUsage;
}

std::function<Exit()> declare(CLI::App& app) {
  const auto shell = std::make_shared<std::string>();  // shared by CLI11 and the command
  app.add_option("shell", *shell, "The shell that shall complete plimsoll's command line")
      ->required()
      ->type_name("bash|zsh|fish");
  return [shell] { return run(*shell); };
}

constexpr Sample kSamples[] = {
    {"source <(plimsoll completion bash)", "Complete in this bash; in ~/.bashrc: in every one"},
    {"source <(plimsoll completion zsh)", "The same for zsh, after `compinit`"},
    {"plimsoll completion fish > ~/.config/fish/completions/plimsoll.fish",
     "Complete in every fish from now on"},
};

}  // namespace

const Command& completion() {
  static constexpr Command kCommand{
      .name = "completion",
      .title = "Print a script that completes commands in a shell",
      .declare = declare,
      .about =
          "Prints a script that completes commands, options, rules, severities, formats and "
          "files on Tab. The script holds all words itself: make it again after an update.",
      .samples = kSamples,
      .statuses = kPrintingStatuses};
  return kCommand;
}

}  // namespace plimsoll::cli::commands
