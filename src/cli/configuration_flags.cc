#include "cli/configuration_flags.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "cli/option_heading.h"
#include "cli/output.h"
#include "core/date.h"

namespace plimsoll::cli {
namespace {

/// "" when it is gone or out of reach; then nothing above it is looked at.
std::string working_folder() {
  std::error_code failed;
  const std::filesystem::path folder = std::filesystem::current_path(failed);
  return failed ? std::string() : folder.generic_string();
}

}  // namespace

void declare(CLI::App& app, ConfigurationFlags& flags) {
  const OptionHeading heading(app, "Configuration");
  app.add_option("--config", flags.file,
                 "Read this configuration as well; it beats what the repository says of itself")
      ->type_name("FILE");
  app.add_flag("--trust-repo-config", flags.trust_repository,
               "Let the repository's own configuration lower severities, switch rules off and "
               "choose the targets");
  app.add_flag("--no-config", flags.none,
               "Read no configuration of the repository, neither `plimsoll.yaml` nor peers' files");
}

std::optional<config::Configuration> read_configuration(const FileSystem& files,
                                                        const ConfigurationFlags& flags,
                                                        const std::vector<std::string>& targets) {
  config::Loaded loaded = config::load(files, {.targets = targets,
                                               .explicit_file = flags.file,
                                               .trust_repository = flags.trust_repository,
                                               .read_repository = !flags.none,
                                               .working_folder = working_folder(),
                                               .today = today()});
  for (const Error& problem : loaded.problems) complain(problem.to_line());
  if (!loaded.problems.empty()) return std::nullopt;
  for (const std::string& note : loaded.configuration.notes) complain(note);
  return std::move(loaded.configuration);
}

}  // namespace plimsoll::cli
