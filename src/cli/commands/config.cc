#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/configuration_flags.h"
#include "cli/output.h"
#include "config/describe.h"
#include "config/schema.h"
#include "core/file_system.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::string action;
  std::string target = ".";
  std::string output;
  ConfigurationFlags configuration;
};

Exit print(const std::string& text, const std::string& output) {
  const auto written = write_output(text, output);
  if (written) return Exit::kClean;
  complain(written.error().to_line());
  return Exit::kEnvironment;
}

std::string list_of_files(const config::Configuration& configuration) {
  std::string text;
  for (const std::string& file : configuration.files) text += file + ": no fault\n";
  return text.empty() ? "no configuration was found\n" : text;
}

Exit run(const Options& options) {
  if (options.action == "schema") return print(config::schema(), options.output);
  const bool check = options.action == "check";
  if (!check && options.action != "show") {
    complain("config does not know '" + options.action + "', only check, show and schema");
    return Exit::kUsage;
  }
  const DiskFileSystem disk;
  ConfigurationFlags flags = options.configuration;
  std::string target = options.target;
  // A file is checked for itself; a folder for what holds in it.
  if (check && disk.is_file(target)) {
    flags.file = target;
    flags.none = true;
  }
  const auto configuration = read_configuration(disk, flags, {target});
  if (!configuration) return Exit::kUsage;
  return print(check ? list_of_files(*configuration) : config::describe(*configuration),
               options.output);
}

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11's callbacks and the command
  app.add_option("action", options->action,
                 "Check the files; show what holds and where each value comes from; or print the "
                 "JSON Schema of `plimsoll.yaml` for editors")
      ->required()
      ->type_name("check|show|schema");
  app.add_option("target", options->target,
                 "The folder to look from, or with `check` one file; without, the current folder")
      ->type_name("TARGET");
  declare(app, options->configuration);
  app.add_option("-o,--output", options->output, "Write to this file instead of standard output")
      ->type_name("FILE");
  return [options]() -> Exit { return run(*options); };
}

constexpr Sample kSamples[] = {
    {"plimsoll config check", "Look for faults in what configures the current folder"},
    {"plimsoll config show --trust-repo-config",
     "Print what would hold if the repository were trusted"},
    {"plimsoll config schema --output plimsoll.schema.json",
     "Let an editor complete and check `plimsoll.yaml`"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "the configuration has no fault, or was printed"},
    {Exit::kUsage, "the command line or the configuration is wrong"},
    {Exit::kEnvironment, "nothing could be written"},
};

}  // namespace

const Command& config() {
  static constexpr Command kCommand{
      .name = "config",
      .title = "Check plimsoll.yaml, and show what configures a run",
      .declare = declare_options,
      .about =
          "Configuration is read from `plimsoll.yaml`, the nearest from the target upwards to the "
          "folder that holds `.git`, and from peers' files there: `.trivyignore`, "
          "`.trivyignore.yaml`, `.hadolint.yaml`, `.checkov.yaml`. Options of the command line "
          "beat "
          "`--config FILE`, that beats `plimsoll.yaml`, that beats peers' files.\n"
          "\n"
          "What a repository says of itself may not lower severities or switch rules off "
          "unless `--trust-repo-config` is given; what it ignores with a reason is counted and "
          "stays in the report, and how many files it excludes is said.",
      .samples = kSamples,
      .statuses = kStatuses};
  return kCommand;
}

}  // namespace plimsoll::cli::commands
