#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/configuration_flags.h"
#include "cli/image_target.h"
#include "cli/output.h"
#include "cli/report_flags.h"
#include "cli/secret_findings.h"
#include "cli/vulnerability_flags.h"
#include "core/ascii.h"
#include "core/date.h"
#include "core/file_system.h"
#include "image/waste.h"
#include "report/document.h"
#include "report/painter.h"
#include "scan/image_audit.h"
#include "scan/image_memory.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  ImageFlags image;
  ReportFlags report;
  ConfigurationFlags configuration;
  VulnerabilityFlags vulnerabilities;
  EndOfLifeFlags end_of_life;
  bool no_vulnerabilities = false;
  std::vector<std::string> scanners;  ///< empty: all
  std::string dockerfile;
  std::string max_size;
  double min_efficiency = 0;  ///< percent
};

/// Bytes of "250MB", "1.5 GB", "800k", "1GiB"; nothing when it is no size.
std::optional<std::uint64_t> parse_size(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !(value >= 0)) return std::nullopt;
  std::string unit =
      ascii::lower(ascii::trim(text.substr(static_cast<std::size_t>(end - text.data()))));
  struct Unit {
    std::string_view name;
    double bytes;
  };
  constexpr Unit kUnits[] = {
      {"", 1},
      {"b", 1},
      {"k", 1e3},
      {"kb", 1e3},
      {"m", 1e6},
      {"mb", 1e6},
      {"g", 1e9},
      {"gb", 1e9},
      {"kib", 1024},
      {"mib", 1048576.0},
      {"gib", 1073741824.0},
      {"t", 1e12},
      {"tb", 1e12},
  };
  for (const Unit& each : kUnits) {
    if (each.name == unit && value * each.bytes < 1e18) {
      return static_cast<std::uint64_t>(value * each.bytes);
    }
  }
  return std::nullopt;
}

class Run {
 public:
  explicit Run(Options& options) : options_(options), reporting_(options.report) {}

  Exit operator()() {
    auto configuration = read_configuration(disk_, options_.configuration, {"."});
    if (!configuration) return Exit::kUsage;
    audit_.configuration = *std::move(configuration);
    if (!reporting_.prepare(disk_, audit_.configuration) || !read_gates()) return Exit::kUsage;
    audit_.configuration.apply(audit_.rules);
    audit_.all_rules = reporting_.rules().all;
    audit_.only_rules = reporting_.rules().only;
    audit_.rules.today = today();
    auto target = find_target(options_.image);
    if (!target) return refuse(target.error());
    // Whose lines are asked for is asked of the layers.
    const bool remembers =
        !target->cache.empty() && options_.dockerfile.empty() && target->found.store != nullptr;
    const scan::ImageMemory memory(remembers ? target->cache + "/images" : std::string(),
                                   image::analysis_version(target->settings), target->found.image,
                                   audit_.rules);
    auto told = remembers && is_proven(*target)
                    ? memory.find(target->found.image, options_.image.target)
                    : std::nullopt;
    if (!told) {
      auto read = read_target(*std::move(target), options_.image, options_.report.quiet);
      if (!read) return refuse(read.error());
      if (options_.report.verbose) complain("parsed in a sandbox of: " + read->sandbox);
      if (!locate(read->inventory)) return Exit::kUsage;
      image::Waste waste = image::find_waste(read->inventory);
      check::Verdict verdict =
          scan::judge_image(read->inventory, options_.image.target, audit_.rules);
      memory.keep(read->inventory, waste, verdict);
      told.emplace(scan::ImageMemory::Told{std::move(read->inventory), std::move(waste),
                                           std::move(verdict)});
    }
    return tell(std::move(*told));
  }

 private:
  static Exit refuse(const Error& error) {
    complain(error.to_line());
    return exit_of(error);
  }

  [[nodiscard]] bool looks_for(std::string_view scanner) const {
    return options_.scanners.empty() ||
           std::find(options_.scanners.begin(), options_.scanners.end(), scanner) !=
               options_.scanners.end();
  }

  [[nodiscard]] Exit tell(scan::ImageMemory::Told told) {
    image::Inventory& inventory = told.inventory;
    judge(options_.end_of_life, {inventory.release.id, inventory.release.version_id});
    const image::Waste& waste = told.waste;
    if (inventory.is_of_sbom && (max_size_ || options_.min_efficiency > 0)) {
      complain("a bill of materials says no sizes: --max-size and --min-efficiency need the image");
      return Exit::kUsage;
    }
    Report report = scan::report_image(std::move(told.verdict), inventory, audit_);
    report::Document document = report::document_of(report, reporting_.wants_source());
    if (!looks_for("misconfig")) document.findings.clear();
    SecretFindings secrets;
    secrets.add(inventory, options_.image.target);
    if (looks_for("secret")) secrets.give(document);
    if (const auto left_out = leave_out(document); !left_out) return refuse(left_out.error());
    describe_image(inventory, waste, options_.image.target, document);
    if (!options_.no_vulnerabilities && looks_for("vuln")) {
      const auto added =
          add_vulnerabilities(options_.vulnerabilities,
                              {.configuration = audit_.configuration,
                               .distribution = {inventory.release.id, inventory.release.version_id},
                               .unknown_fails = false},
                              document, report.notes);
      if (!added) return refuse(added.error());
    }
    const Exit status = reporting_.finish(std::move(document), report.notes);
    return passes_gates(waste) ? status : worse(status, Exit::kFindings);
  }

  /// Findings in files that the user leaves out.
  [[nodiscard]] Result<void> leave_out(report::Document& document) const {
    const auto selection = Selection::read(options_.vulnerabilities.selection);
    if (!selection) return tl::unexpected(selection.error());
    std::erase_if(document.findings, [&selection](const report::Entry& finding) {
      return finding.path && selection->skips(*finding.path);
    });
    return {};
  }

  /// Layers name the lines of the Dockerfile, when it is given.
  [[nodiscard]] bool locate(image::Inventory& inventory) const {
    const auto located = locate_layers(options_.dockerfile, inventory);
    if (!located) complain("--file: " + located.error().to_line());
    return located.has_value();
  }

  bool read_gates() {
    if (options_.max_size.empty()) return true;
    max_size_ = parse_size(options_.max_size);
    if (!max_size_) complain("--max-size: '" + options_.max_size + "' is no size such as 250MB");
    return max_size_.has_value();
  }

  /// Says which it does not.
  [[nodiscard]] bool passes_gates(const image::Waste& waste) const {
    bool passes = true;
    if (max_size_ && waste.bytes > *max_size_) {
      complain("the image has " + report::size_text(waste.bytes) + ", --max-size allows " +
               report::size_text(*max_size_));
      passes = false;
    }
    const double percent = waste.efficiency() * 100;
    if (percent < options_.min_efficiency) {
      complain("a container sees " + std::to_string(static_cast<int>(percent)) +
               " % of the image's bytes, --min-efficiency asks for " +
               std::to_string(static_cast<int>(options_.min_efficiency)) + " %");
      passes = false;
    }
    return passes;
  }

  Options& options_;
  DiskFileSystem disk_;
  scan::AuditOptions audit_;
  Reporting reporting_;
  std::optional<std::uint64_t> max_size_;
};

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11 and the command
  declare_target(app, options->image,
                 "A saved image, a folder, or a name; a prefix such as registry: says where it is");
  declare(app, options->image);
  app.add_option("-f,--file", options->dockerfile,
                 "The Dockerfile it was built from: layers and findings then name its lines")
      ->type_name("DOCKERFILE");
  app.add_option("--max-size", options->max_size,
                 "Fail when the files of all layers together are larger, such as 250MB")
      ->type_name("SIZE");
  app.add_option("--min-efficiency", options->min_efficiency,
                 "Fail when less than this percentage of the bytes reaches a container")
      ->check(CLI::Range(0.0, 100.0).description(""))
      ->type_name("PERCENT");
  declare_secrets(app, options->image);
  app.add_flag("--no-vulnerabilities", options->no_vulnerabilities,
               "Do not look for known vulnerabilities");
  app.add_option("--scanners,--security-checks", options->scanners, "Look for these only")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"vuln", "secret", "misconfig", "license"}).description(""))
      ->type_name("vuln|secret|misconfig,...");
  declare(app, options->vulnerabilities);
  declare(app, options->end_of_life);
  declare(app, options->report);
  declare_vulnerability_views(app, options->report);
  declare_rules(app, options->report);
  declare(app, options->configuration);
  return [options]() -> Exit {
    const Exit status = status_for_shell(Run(*options)(), options->report);
    return status_with(options->end_of_life, status);
  };
}

constexpr Sample kSamples[] = {
    {"docker save app:1 --output app.tar && plimsoll image app.tar", "Read a saved image"},
    {"plimsoll image registry:registry.example/app:1 --format json --output app.json",
     "Read an image of a registry, without an engine and without a copy on disk"},
    {"plimsoll image app:1 --max-size 250MB --min-efficiency 95",
     "In CI: fail when the image grows, or when layers write files twice"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "nothing at or above the threshold was found, and everything was read"},
    {Exit::kFindings,
     "there are findings at or above the threshold (or N, with `--exit-code N`), or a gate failed"},
    {Exit::kUsage, "the command line or the configuration is wrong"},
    {Exit::kRejected, "the image is not what it claims to be, or there is none of this name"},
    {Exit::kIncomplete, "some part could not be read, and `--incomplete-ok` was not given"},
    {Exit::kEnvironment, "no engine or registry answered, or the report could not be written"},
};

}  // namespace

const Command& image() {
  static constexpr Command kCommand{
      .name = "image",
      .title = "Read an image: packages, vulnerabilities, secrets, waste",
      .declare = declare_options,
      .about =
          "Reads every layer of an image once, without an engine and without unpacking it, and "
          "says what it is, what is installed in it, what of that is known to be vulnerable, what "
          "is "
          "wrong with how it was made, and what could be left out of it. Each finding names the "
          "layer and the instruction that brought it.\n"
          "\n"
          "Vulnerabilities are those that the database of `plimsoll db` knows; `plimsoll cves` "
          "lists "
          "them all. Packages that it has no advisories for are told as unknown.\n"
          "\n"
          "The image is a file of `docker save`, `podman save` or `skopeo copy`, an OCI layout, a "
          "root file system, or a name that engines, their stores and registries are asked for; "
          "docs/image-sources.md lists the prefixes that say which.",
      .samples = kSamples,
      .statuses = kStatuses,
  };
  return kCommand;
}

}  // namespace plimsoll::cli::commands
