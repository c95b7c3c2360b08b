#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/output.h"
#include "core/control.h"
#include "core/file_system.h"
#include "core/version.h"
#include "image/package_reader.h"
#include "image/purl.h"
#include "report/format.h"
#include "report/json_document.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::string file;
  std::string kind;
  std::string format = "json";
  std::string output;
};

report::Document document_of(image::PackageReading reading) {
  report::Document document{.version = std::string(kVersion)};
  for (Package& package : reading.packages) {
    package.purl = image::purl_of(package);
    document.packages.push_back(std::move(package));
  }
  for (const Error& problem : reading.problems) {
    document.incomplete.push_back(
        {"packages", problem.path, std::string(to_string(problem.code)), problem.message, true});
  }
  for (const ControlInfo& info : controls()) {
    document.score.controls.push_back({.control = info.control});
  }
  return document;
}

Exit run(const Options& options) {
  const image::PackageReader* reader = image::find_package_reader(options.kind);
  if (reader == nullptr) {
    complain("no packages are read as '" + options.kind + "'; known: " + image::package_kinds());
    return Exit::kUsage;
  }
  auto bytes = DiskFileSystem().read(options.file, image::kMostBytes);
  if (!bytes) {
    complain(bytes.error().to_line());
    return Exit::kRejected;
  }
  image::PackageReading reading = image::read_packages(*reader, options.file, *std::move(bytes));
  Exit status = Exit::kClean;
  for (const Error& problem : reading.problems) {
    complain(problem.to_line());
    status = worse(status, problem.code == ErrorCode::kLimit ? Exit::kIncomplete : Exit::kRejected);
  }
  const auto written =
      write_output(report::to_json(document_of(std::move(reading)), false), options.output);
  if (written) return status;
  complain(written.error().to_line());
  return Exit::kEnvironment;
}

std::function<Exit()> declare(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11 and the command
  app.add_option("file", options->file, "The file that lists packages, whatever its name")
      ->required()
      ->type_name("FILE");
  app.add_option("--as", options->kind,
                 "What kind of file it is; a wrong one is answered with all that are known")
      ->required()
      ->type_name("KIND");
  app.add_option("--format", options->format, "How to print the packages")->type_name("json");
  app.add_option("-o,--output", options->output, "Write to this file instead of standard output")
      ->type_name("FILE");
  return [options] {
    if (options->format != "json") {
      complain("--format: packages are printed as json");
      return Exit::kUsage;
    }
    return run(*options);
  };
}

constexpr Sample kSamples[] = {
    {"plimsoll sbom --as npm-package-lock package-lock.json --format json",
     "What a lock file installs"},
    {"plimsoll sbom --as apk-installed rootfs/lib/apk/db/installed --format json",
     "What an unpacked Alpine has"},
};
constexpr Status kStatuses[] = {
    {Exit::kClean, "all packages were printed"},
    {Exit::kUsage, "the command line is wrong, or nothing is read as this kind"},
    {Exit::kRejected, "the file is not of this kind; what was read of it is printed"},
    {Exit::kIncomplete, "some part was beyond a limit"},
    {Exit::kEnvironment, "nothing could be written"},
};

}  // namespace

const Command& sbom() {
  static constexpr Command kCommand{
      .name = "sbom",
      .title = "Print the packages that a file lists",
      .declare = declare,
      .about =
          "Reads one file that lists packages: a distribution's database, a lock file, a manifest. "
          "The kind says how, the file's name does not matter. The packages are those of the JSON "
          "report, each with its package URL.",
      .samples = kSamples,
      .statuses = kStatuses,
  };
  return kCommand;
}

}  // namespace plimsoll::cli::commands
