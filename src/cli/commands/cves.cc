#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/configuration_flags.h"
#include "cli/image_target.h"
#include "cli/output.h"
#include "cli/report_flags.h"
#include "cli/vulnerability_flags.h"
#include "core/file_system.h"
#include "image/waste.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  ImageFlags image;
  std::string dockerfile;
  ReportFlags report;
  VulnerabilityFlags vulnerabilities;
  ConfigurationFlags configuration;
  EndOfLifeFlags end_of_life;
  std::vector<std::string> scanners;
};

Exit refuse(const Error& error) {
  complain(error.to_line());
  return exit_of(error);
}

Exit run(Options& options) {
  const DiskFileSystem disk;
  const auto configuration = read_configuration(disk, options.configuration, {"."});
  if (!configuration) return Exit::kUsage;
  Reporting reporting(options.report);
  if (!reporting.prepare(disk, *configuration)) return Exit::kUsage;
  auto read = read_image(options.image, options.report.quiet);
  if (!read) return refuse(read.error());
  if (const auto located = locate_layers(options.dockerfile, read->inventory); !located) {
    complain("--file: " + located.error().to_line());
    return Exit::kUsage;
  }
  const image::OsRelease& release = read->inventory.release;
  judge(options.end_of_life, {release.id, release.version_id});
  report::Document document = document_of(read->inventory.problems);
  const image::Waste waste = image::find_waste(read->inventory);
  describe_image(read->inventory, waste, options.image.target, document);
  document.image->waste.clear();  // `plimsoll image` tells of it
  std::vector<std::string> notes;
  const auto added = add_vulnerabilities(
      options.vulnerabilities,
      {.configuration = *configuration, .distribution = {release.id, release.version_id}}, document,
      notes);
  if (options.scanners.size() > 1) {
    notes.emplace_back(
        "cves looks for vulnerabilities only: plimsoll image has the other scanners");
  }
  if (!added) return refuse(added.error());
  return reporting.finish(std::move(document), notes);
}

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11 and the command
  declare_target(app, options->image,
                 "A saved image, a folder, or a name; `sbom:FILE` is a bill of materials");
  declare(app, options->image);
  app.add_option("-f,--file", options->dockerfile,
                 "The Dockerfile it was built from: formats with places then name its lines")
      ->type_name("DOCKERFILE");
  declare(app, options->vulnerabilities);
  declare(app, options->end_of_life);
  app.add_option("--scanners,--security-checks", options->scanners,
                 "What to look for; `plimsoll image` does the others")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check([](const std::string& word) {
        const bool is_other = word == "secret" || word == "misconfig" || word == "license";
        return is_other || word == "vuln" ? std::string() : "'" + word + "' is no scanner";
      })
      ->type_name("vuln,...");
  declare(app, options->report);
  declare_vulnerability_views(app, options->report);
  declare(app, options->configuration);
  return [options]() -> Exit {
    const Exit status = status_for_shell(run(*options), options->report);
    return status_with(options->end_of_life, status);
  };
}

constexpr Sample kSamples[] = {
    {"plimsoll cves app.tar", "What is vulnerable in a saved image, and which upgrades mend it"},
    {"plimsoll cves app:1 --exit-code 1 --severity CRITICAL,HIGH --ignore-unfixed",
     "In CI: fail on what is severe and can be mended"},
    {"plimsoll cves sbom:app.cdx.json --only-cisa-kev --fail-on low",
     "Fail on what is known to be exploited in what a bill of materials lists"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "nothing at or above the threshold was found, and everything was judged"},
    {Exit::kFindings,
     "there are vulnerabilities at or above the threshold (or N, with `--exit-code N`)"},
    {Exit::kUsage, "the command line or the configuration is wrong"},
    {Exit::kRejected, "the image is not what it claims to be, or there is none of this name"},
    {Exit::kIncomplete, "some part could not be read, and `--incomplete-ok` was not given"},
    {Exit::kEnvironment,
     "there is no database, it has nothing of this distribution, or no engine or registry "
     "answered"},
};

}  // namespace

const Command& cves() {
  static constexpr Command kCommand{
      .name = "cves",
      .title = "Find known vulnerabilities, and the upgrades that mend them",
      .declare = declare_options,
      .about =
          "Compares the packages of an image, a root file system or a bill of materials with a "
          "database of advisories, which `plimsoll db update` makes; no network is asked. Each "
          "ecosystem is judged by its own order of versions and each distribution by its own "
          "advisories; `--verbose` says step by step why something was matched.\n"
          "\n"
          "What is known to be exploited comes first, then what is severe, likely to be attacked "
          "and near to what runs; the number beside each is that priority, from 0 to 100. Packages "
          "that no advisory is known of are told apart from those without fault: when they are the "
          "distribution's own, the run ends with status 5.",
      .samples = kSamples,
      .statuses = kStatuses,
  };
  return kCommand;
}

}  // namespace plimsoll::cli::commands
