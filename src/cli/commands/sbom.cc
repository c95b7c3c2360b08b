#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/image_target.h"
#include "cli/output.h"
#include "core/file_system.h"
#include "image/package_reader.h"
#include "image/purl.h"
#include "report/document_text.h"
#include "report/format.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  ImageFlags image;
  std::string kind;
  std::string format = "json";
  std::string output;
};

/// "json, cyclonedx, …".
std::string formats_of_packages() {
  std::string names;
  for (const report::Format* format : report::all_formats()) {
    if (format->lists_packages) names += (names.empty() ? "" : ", ") + std::string(format->name);
  }
  return names;
}

class Run {
 public:
  Run(const Options& options, const report::Format& format) : options_(options), format_(format) {}

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
    report::Document document = document_of(reading.problems);
    for (Package& package : reading.packages) {
      package.purl = image::purl_of(package);
      document.packages.push_back(std::move(package));
    }
    return print(std::move(document), reading.problems);
  }

  /// Nothing of an image is unpacked to disk.
  Exit image() {
    auto read = read_image(options_.image, false);
    if (!read) return refuse(read.error());
    const std::vector<Error> problems = read->inventory.problems;
    const image::Waste waste = image::find_waste(read->inventory);
    report::Document document = document_of(problems);
    describe_image(read->inventory, waste, options_.image.target, document);
    return print(std::move(document), problems);
  }

  static Exit refuse(const Error& error) {
    complain(error.to_line());
    return exit_of(error);
  }

  Exit print(report::Document document, const std::vector<Error>& problems) {
    report::make_utf8(document);
    Exit status = Exit::kClean;
    for (const Error& problem : problems) status = worse(status, refuse(problem));
    const auto written = write_output(format_.render(document, {}), options_.output);
    if (written) return status;
    complain(written.error().to_line());
    return Exit::kEnvironment;
  }

  const Options& options_;
  const report::Format& format_;
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
  app.add_option("--format", options->format,
                 "How to print the packages; a wrong one is answered with all that are known")
      ->capture_default_str()
      ->type_name("BILL");
  app.add_option("-o,--output", options->output, "Write to this file instead of standard output")
      ->type_name("FILE");
  return [options] {
    const report::Format* format = report::find_format(options->format);
    if (format == nullptr || !format->lists_packages) {
      complain("--format: packages are printed as " + formats_of_packages());
      return Exit::kUsage;
    }
    return Run(*options, *format)();
  };
}

constexpr Sample kSamples[] = {
    {"docker save app:1 --output app.tar && plimsoll sbom app.tar",
     "What is installed in an image"},
    {"plimsoll sbom registry:registry.example/app:1 --platform linux/arm64",
     "What is installed in an image of a registry, which is not copied to disk"},
    {"plimsoll sbom app.tar --format cyclonedx --output app.cdx.json",
     "A bill of materials for other tools; SOURCE_DATE_EPOCH sets its time"},
    {"plimsoll sbom sbom:app.cdx.json --format spdx", "The same bill in another format"},
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
          "lists the prefixes that say which. A bill of materials that some other tool wrote is "
          "read as well, and docs/sbom.md says what of it.\n\n"
          "With --as it reads one file instead: a distribution's database, a lock file, a "
          "manifest.",
      .samples = kSamples,
      .statuses = kStatuses,
  };
  return kCommand;
}

}  // namespace plimsoll::cli::commands
