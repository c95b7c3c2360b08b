#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "advisory/openvex_document.h"
#include "advisory/vex_statements.h"
#include "cli/command.h"
#include "cli/configuration_flags.h"
#include "cli/image_target.h"
#include "cli/output.h"
#include "cli/vulnerability_flags.h"
#include "core/date.h"
#include "core/file_system.h"
#include "image/waste.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  ImageFlags image;
  VulnerabilityFlags vulnerabilities;
  ConfigurationFlags configuration;
  std::vector<std::string> states;
  std::string author = "plimsoll";
  std::string output;
  bool incomplete_ok = false;
  bool quiet = false;
};

Exit refuse(const Error& error) {
  complain(error.to_line());
  return exit_of(error);
}

/// The second of SOURCE_DATE_EPOCH, else the day: a document says when it was made.
std::string time_of_making() {
  const std::string said = source_date_time();
  return said.empty() ? to_string(today()) + "T00:00:00Z" : said;
}

std::vector<advisory::VexStatement> statements_of(const Options& options,
                                                  const report::Document& document) {
  auto statements = advisory::vex_statements_of(advisory::vex_component_of(*document.image),
                                                document.packages, document.vulnerabilities);
  std::erase_if(statements, [&options](const advisory::VexStatement& statement) {
    const auto& wanted = options.states;
    return !wanted.empty() &&
           std::find(wanted.begin(), wanted.end(), to_string(statement.status)) == wanted.end();
  });
  return statements;
}

Exit run(const Options& options) {
  const DiskFileSystem disk;
  const auto configuration = read_configuration(disk, options.configuration, {"."});
  if (!configuration) return Exit::kUsage;
  auto read = read_image(options.image, options.quiet);
  if (!read) return refuse(read.error());
  report::Document document = document_of(read->inventory.problems);
  const image::Waste waste = image::find_waste(read->inventory);
  describe_image(read->inventory, waste, options.image.target, document);
  std::vector<std::string> notes;
  const auto added = add_vulnerabilities(
      options.vulnerabilities,
      {.configuration = *configuration,
       .distribution = {read->inventory.release.id, read->inventory.release.version_id}},
      document, notes);
  if (!added) return refuse(added.error());
  const std::string text = advisory::to_openvex({.author = options.author,
                                                 .timestamp = time_of_making(),
                                                 .statements = statements_of(options, document)});
  if (const auto written = write_output(text, options.output); !written) {
    complain(written.error().to_line());
    return Exit::kEnvironment;
  }
  for (const std::string& note : notes) complain(note);
  Exit status = Exit::kClean;
  for (const Incomplete& part : document.incomplete) {
    complain((part.path.empty() ? "" : part.path + ": ") + part.limit);
    if (part.environment) {
      status = worse(status, Exit::kEnvironment);
    } else if (!options.incomplete_ok) {
      status = worse(status, Exit::kIncomplete);
    }
  }
  return status;
}

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11 and the command
  declare_target(app, options->image,
                 "A saved image, a folder, or a name; `sbom:FILE` is a bill of materials");
  app.add_option("--status", options->states,
                 "Only statements of this status: `not_affected`, `affected`")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"not_affected", "affected"}).description(""))
      ->type_name("not_affected|affected");
  app.add_option("--author", options->author, "Who makes the statements")
      ->capture_default_str()
      ->type_name("NAME");
  app.add_option("-o,--output", options->output,
                 "Write the document to this file instead of standard output")
      ->type_name("FILE");
  app.add_flag("--incomplete-ok", options->incomplete_ok,
               "Do not fail when a part could not be read; it is still said");
  app.add_flag("-q,--quiet", options->quiet, "Show no progress on a terminal");
  declare(app, options->image);
  declare(app, options->vulnerabilities);
  declare(app, options->configuration);
  return [options]() -> Exit { return run(*options); };
}

constexpr Sample kSamples[] = {
    {"plimsoll vex app.tar --author \"Security, Example Ltd\" --output app.vex.json",
     "Say which known vulnerabilities of an image are none, and why"},
    {"plimsoll vex app.tar --status not_affected",
     "Only what is not affected, to be read by other scanners"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "the document was written, and everything was judged"},
    {Exit::kUsage, "the command line or the configuration is wrong"},
    {Exit::kRejected, "the image is not what it claims to be, or there is none of this name"},
    {Exit::kIncomplete, "some part could not be read, and `--incomplete-ok` was not given"},
    {Exit::kEnvironment,
     "there is no database, it has nothing of this distribution, or nothing could be written"},
};

}  // namespace

const Command& vex() {
  static constexpr Command kCommand{
      .name = "vex",
      .title = "Say which vulnerabilities affect an image, as OpenVEX",
      .declare = declare_options,
      .about =
          "Writes an OpenVEX document about the vulnerabilities that `plimsoll cves` finds. What "
          "nothing that the image starts can reach is `not_affected`, with the evidence as its "
          "justification: functions that a Go program does not have, libraries and programs that "
          "the entrypoint can never load, headers of a kernel that is not there. Everything else "
          "is `affected`, with the upgrade as what to do.\n"
          "\n"
          "A document that is given with `--vex` is taken over. `plimsoll cves --vex` and other "
          "scanners read what is written here.",
      .samples = kSamples,
      .statuses = kStatuses,
  };
  return kCommand;
}

}  // namespace plimsoll::cli::commands
