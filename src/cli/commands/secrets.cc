#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/report_flags.h"
#include "cli/secret_findings.h"
#include "core/control.h"
#include "core/file_system.h"
#include "core/limits.h"
#include "core/version.h"
#include "report/counts.h"
#include "secret/configuration.h"
#include "secret/detector_set.h"
#include "secret/tree_scan.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::vector<std::string> targets{"."};
  std::string configuration;
  bool all_files = false;
  std::size_t jobs = 0;
  ReportFlags report;
};

/// The name under which standard input is reported.
constexpr std::string_view kStandardInput = "<stdin>";

class Run {
 public:
  explicit Run(const Options& options) : options_(options), reporting_(options.report) {}

  Exit operator()() {
    if (!reporting_.prepare(disk_, {}) || !read_configuration()) return Exit::kUsage;
    report::Document document{.version = std::string(kVersion)};
    for (const ControlInfo& info : controls()) {
      document.score.controls.push_back({.control = info.control});
    }
    scan(document);
    return reporting_.finish(std::move(document));
  }

 private:
  static Exit usage(const std::string& message) {
    complain(message);
    return Exit::kUsage;
  }

  bool read_configuration() {
    if (options_.configuration.empty()) return true;
    auto text = disk_.read(options_.configuration, limits::kConfigurationBytes);
    if (!text) {
      usage("--secret-config: " + text.error().to_line());
      return false;
    }
    const SourceFile source(options_.configuration, *std::move(text));
    auto configuration = secret::read_configuration(source);
    if (!configuration) {
      usage("--secret-config: " + configuration.error().to_line());
      return false;
    }
    for (const std::string& note : configuration->notes) {
      complain(options_.configuration + ": " + note);
    }
    own_ = std::make_unique<secret::DetectorSet>(*std::move(configuration));
    return true;
  }

  [[nodiscard]] const secret::DetectorSet& detectors() const {
    return own_ == nullptr ? secret::builtin_detectors() : *own_;
  }

  void scan(report::Document& document) {
    secret::TreeOptions tree{
        .targets = options_.targets, .jobs = options_.jobs, .all_files = options_.all_files};
    scan::Progress progress;
    tree.progress = [&progress](std::size_t found, std::size_t read) {
      progress.files = found;
      progress.read = read;
    };
    const ProgressLine line([&progress] { return progress_text(progress); }, options_.report.quiet);
    const auto standard_input = std::remove(tree.targets.begin(), tree.targets.end(), "-");
    const bool reads_input = standard_input != tree.targets.end();
    tree.targets.erase(standard_input, tree.targets.end());
    if (reads_input) scan_standard_input(document);
    const secret::TreeScan found = secret::scan_trees(disk_, detectors(), tree);
    for (const secret::ScannedFile& file : found.files) findings_.add(file.path, file.outcome);
    document.incomplete.insert(document.incomplete.end(), found.incomplete.begin(),
                               found.incomplete.end());
    findings_.give(document);
    if (!options_.report.quiet) say_skipped(found);
  }

  void scan_standard_input(report::Document& document) {
    secret::SecretScan scan(detectors(), "");
    std::vector<char> piece(256U << 10U);
    std::uint64_t bytes = 0;
    while (std::cin.read(piece.data(), static_cast<std::streamsize>(piece.size())) ||
           std::cin.gcount() > 0) {
      const auto count = static_cast<std::size_t>(std::cin.gcount());
      scan.feed({piece.data(), count});
      bytes += count;
      if (bytes > secret::kMostBytes) break;  // an endless pipe ends
    }
    const secret::Outcome outcome = std::move(scan).finish();
    const std::string path(kStandardInput);
    for (Incomplete& part : secret::incomplete_of(path, outcome)) {
      document.incomplete.push_back(std::move(part));
    }
    findings_.add(path, outcome);
  }

  /// Else a folder of tests or pictures seems to be clean.
  static void say_skipped(const secret::TreeScan& found) {
    std::size_t all = 0;
    std::string reasons;
    for (const auto& [why, count] : found.skipped) {
      all += count;
      reasons += (reasons.empty() ? "" : "; ") + why + ": " + std::to_string(count);
    }
    if (all > 0) {
      complain(report::plural(all, "file") +
               " skipped by name (--all-files scans them): " + reasons);
    }
  }

  const Options& options_;
  DiskFileSystem disk_;
  std::unique_ptr<secret::DetectorSet> own_;
  SecretFindings findings_;
  Reporting reporting_;
};

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11 and the command
  app.add_option("path", options->targets,
                 "Files and folders, or `-` for standard input; without any, the current folder")
      ->type_name("PATH");
  app.add_option("--secret-config,--config", options->configuration,
                 "Detectors of one's own, which built-in ones are on and what is allowed: a "
                 "`trivy-secret.yaml` or a `.gitleaks.toml`")
      ->type_name("FILE");
  app.add_flag("--all-files", options->all_files,
               "Scan also what is skipped by its name: lock files, pictures, archives, tests, "
               "examples, Markdown, the distribution's own files");
  declare(app, options->report);
  app.add_option("--jobs", options->jobs, "Use this many threads; 0 means one per processor")
      ->capture_default_str()
      ->type_name("N");
  return [options]() -> Exit { return status_for_shell(Run(*options)(), options->report); };
}

constexpr Sample kSamples[] = {
    {"plimsoll secrets", "Search the current folder and all below it"},
    {"git diff --cached | plimsoll secrets -", "Search what is about to be committed"},
    {"plimsoll secrets --format sarif --output secrets.sarif --fail-on medium .",
     "In CI: keep the report, fail from medium upwards"},
    {"plimsoll secrets --secret-config trivy-secret.yaml app",
     "With detectors of one's own beside the built-in ones"},
};
constexpr Status kStatuses[] = {
    {Exit::kClean, "nothing at or above the threshold was found, and everything was searched"},
    {Exit::kFindings, "there are secrets at or above the threshold (or N, with `--exit-code N`)"},
    {Exit::kUsage, "the command line or the configuration is wrong"},
    {Exit::kRejected, "some file does not exist or cannot be read"},
    {Exit::kIncomplete, "some part was not searched, and `--incomplete-ok` was not given"},
    {Exit::kEnvironment, "the report could not be written"},
};

}  // namespace

const Command& secrets() {
  static constexpr Command kCommand{
      .name = "secrets",
      .title = "Find passwords, keys and tokens in files",
      .declare = declare_options,
      .about =
          "Searches files of any kind, text or binary, for the secrets that some 300 detectors "
          "know: private keys, keys of clouds, tokens of code hosts, registries, chats, payment "
          "and "
          "monitoring services, logins in URLs and commands, and random values under names such as "
          "`api_key`.\n"
          "\n"
          "A secret is never printed: at most its first four characters are shown. In folders all "
          "files are searched, hidden ones too, but for `.git`, `.hg`, `.svn`, `node_modules`, "
          "links, and what is skipped by its name, which standard error counts. A file that is "
          "named is searched whatever its name.",
      .samples = kSamples,
      .statuses = kStatuses,
  };
  return kCommand;
}

}  // namespace plimsoll::cli::commands
