#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/image_target.h"
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
  ImageFlags image;
  std::string kind;
  std::string format = "json";
  std::string output;
};

report::Document document_of(std::vector<Package> packages, const std::vector<Error>& problems) {
  report::Document document{.version = std::string(kVersion)};
  for (Package& package : packages) {
    package.purl = image::purl_of(package);
    document.packages.push_back(std::move(package));
  }
  for (const Error& problem : problems) {
    document.incomplete.push_back(
        {"packages", problem.path, std::string(to_string(problem.code)), problem.message, true});
  }
  for (const ControlInfo& info : controls()) {
    document.score.controls.push_back({.control = info.control});
  }
  return document;
}

class Run {
 public:
  explicit Run(const Options& options) : options_(options) {}

  Exit operator()() { return options_.kind.empty() ? image() : file(); }

 private:
  Exit file() {
    const image::PackageReader* reader = image::find_package_reader(options_.kind);
    if (reader == nullptr) {
      complain("no packages are read as '" + options_.kind + "'; known: " + image::package_kinds());
      return Exit::kUsage;
    }
    auto bytes = DiskFileSystem().read(options_.image.target, image::kMostBytes);
    if (!bytes) return refuse(bytes.error());
    image::PackageReading reading =
        image::read_packages(*reader, options_.image.target, *std::move(bytes));
    return print(std::move(reading.packages), reading.problems);
  }

  /// Nothing of an image is unpacked to disk.
  Exit image() {
    auto read = read_image(options_.image, false);
    if (!read) return refuse(read.error());
    return print(std::move(read->inventory.packages), read->inventory.problems);
  }

  static Exit refuse(const Error& error) {
    complain(error.to_line());
    return exit_of(error);
  }

  Exit print(std::vector<Package> packages, const std::vector<Error>& problems) {
    Exit status = Exit::kClean;
    for (const Error& problem : problems) status = worse(status, refuse(problem));
    const auto written = write_output(
        report::to_json(document_of(std::move(packages), problems), false), options_.output);
    if (written) return status;
    complain(written.error().to_line());
    return Exit::kEnvironment;
  }

  const Options& options_;
};

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11 and the command
  app.add_option(
         "target", options->image.target,
         "An image: a saved one, a folder, a name; a prefix such as registry: says where it "
         "is. With --as a file that lists packages")
      ->required()
      ->type_name("TARGET");
  app.add_option("--as", options->kind,
                 "Read one file as this kind, whatever its name; a wrong kind is answered with all "
                 "that are known")
      ->type_name("KIND");
  declare(app, options->image);
  app.add_option("--format", options->format, "How to print the packages")->type_name("json");
  app.add_option("-o,--output", options->output, "Write to this file instead of standard output")
      ->type_name("FILE");
  return [options] {
    if (options->format != "json") {
      complain("--format: packages are printed as json");
      return Exit::kUsage;
    }
    return Run(*options)();
  };
}

constexpr Sample kSamples[] = {
    {"docker save app:1 --output app.tar && plimsoll sbom app.tar",
     "What is installed in an image"},
    {"plimsoll sbom registry:registry.example/app:1 --platform linux/arm64",
     "What is installed in an image of a registry, which is not copied to disk"},
    {"plimsoll sbom --as npm-package-lock package-lock.json --format json",
     "What a lock file installs"},
    {"plimsoll sbom --as apk-installed rootfs/lib/apk/db/installed --format json",
     "What an unpacked Alpine has"},
};
constexpr Status kStatuses[] = {
    {Exit::kClean, "all packages were printed"},
    {Exit::kUsage, "the command line is wrong, or nothing is read as this kind"},
    {Exit::kRejected,
     "there is no such image, or it is not what it claims to be; what was read of it is printed"},
    {Exit::kIncomplete, "some packages could not be read, or something was beyond a limit"},
    {Exit::kEnvironment, "an engine or a registry could not be asked, or nothing could be written"},
};

}  // namespace

const Command& sbom() {
  static constexpr Command kCommand{
      .name = "sbom",
      .title = "Print the packages of an image, or of one file",
      .declare = declare_options,
      .about =
          "Reads an image in one pass and without unpacking it, and prints what is installed: each "
          "package with its version, its package URL and the layer that brought it. The image is a "
          "file of `docker save`, `podman save` or `skopeo copy`, an OCI layout, a root file "
          "system, "
          "or a name that engines, their stores and registries are asked for; "
          "docs/image-sources.md "
          "lists the prefixes that say which.\n\n"
          "With --as it reads one file instead: a distribution's database, a lock file, a "
          "manifest.",
      .samples = kSamples,
      .statuses = kStatuses,
  };
  return kCommand;
}

}  // namespace plimsoll::cli::commands
