#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/secret_findings.h"
#include "core/control.h"
#include "core/file_system.h"
#include "core/limits.h"
#include "core/version.h"
#include "report/baseline.h"
#include "report/counts.h"
#include "report/format.h"
#include "secret/configuration.h"
#include "secret/detector_set.h"
#include "secret/tree_scan.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::vector<std::string> targets{"."};
  std::string format = "table";
  std::string output;
  std::string fail_on = "high";
  int exit_code = 1;
  std::vector<std::string> severities;
  std::string configuration;
  std::string baseline;
  bool update_baseline = false;
  bool all_files = false;
  bool incomplete_ok = false;
  bool quiet = false;
  bool verbose = false;
  bool no_color = false;
  std::size_t jobs = 0;
};

/// The name under which standard input is reported.
constexpr std::string_view kStandardInput = "<stdin>";

class Run {
 public:
  explicit Run(const Options& options) : options_(options) {}

  Exit operator()() {
    const report::Format* format = report::find_format(options_.format);
    if (format == nullptr) return usage(report::why_no_format(options_.format));
    if (!read_thresholds() || !read_configuration()) return Exit::kUsage;
    if (options_.update_baseline && options_.baseline.empty()) {
      return usage("--update-baseline: --baseline must name the file");
    }
    report::Document document{.version = std::string(kVersion)};
    for (const ControlInfo& info : controls()) {
      document.score.controls.push_back({.control = info.control});
    }
    scan(document);
    if (options_.update_baseline) {
      const auto kept = write_output(report::write_baseline(document), options_.baseline);
      if (!kept) {
        complain(kept.error().to_line());
        return Exit::kEnvironment;
      }
    } else if (!compare_with_baseline(document)) {
      return Exit::kUsage;
    }
    const Exit status = judge(document);
    select_severities(document);
    if (!options_.quiet || options_.format != "table") {
      report::Appearance appearance = appearance_of_stdout(options_.no_color);
      appearance.verbose = options_.verbose;
      const auto written = write_output(format->render(document, appearance), options_.output);
      if (!written) {
        complain(written.error().to_line());
        return Exit::kEnvironment;
      }
    }
    for (const Incomplete& part : document.incomplete) {
      complain(part.path + ": " + part.limit + (part.rejected ? " (rejected)" : " (incomplete)"));
    }
    return status;
  }

 private:
  static Exit usage(const std::string& message) {
    complain(message);
    return Exit::kUsage;
  }

  bool read_thresholds() {
    if (options_.fail_on != "none") {
      threshold_ = parse_severity(options_.fail_on);
      if (!threshold_) {
        usage("--fail-on: unknown severity '" + options_.fail_on + "'");
        return false;
      }
    }
    for (const std::string& name : options_.severities) {
      const auto severity = parse_severity(name);
      if (!severity) {
        usage("--severity: unknown severity '" + name + "'");
        return false;
      }
      shown_.push_back(*severity);
    }
    return true;
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
    const ProgressLine line(progress, options_.quiet);
    const auto standard_input = std::remove(tree.targets.begin(), tree.targets.end(), "-");
    const bool reads_input = standard_input != tree.targets.end();
    tree.targets.erase(standard_input, tree.targets.end());
    if (reads_input) scan_standard_input(document);
    const secret::TreeScan found = secret::scan_trees(disk_, detectors(), tree);
    for (const secret::ScannedFile& file : found.files) findings_.add(file.path, file.outcome);
    document.incomplete.insert(document.incomplete.end(), found.incomplete.begin(),
                               found.incomplete.end());
    findings_.give(document);
    if (!options_.quiet) say_skipped(found);
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

  bool compare_with_baseline(report::Document& document) const {
    if (options_.baseline.empty()) return true;
    const auto text = disk_.read(options_.baseline, limits::kJsonBytes);
    if (!text) {
      usage("--baseline: " + text.error().to_line());
      return false;
    }
    const auto baseline = report::read_baseline(*text, options_.baseline);
    if (!baseline) {
      usage("--baseline: " + baseline.error().to_line());
      return false;
    }
    report::compare(*baseline, document);
    return true;
  }

  [[nodiscard]] Exit judge(const report::Document& document) const {
    Exit status = Exit::kClean;
    for (const report::Entry& finding : document.findings) {
      if (options_.update_baseline) break;  // all of them are known from now on
      const bool fails = threshold_ && report::counts(finding) && finding.severity >= *threshold_ &&
                         options_.exit_code != 0;
      if (fails) status = Exit::kFindings;
    }
    for (const Incomplete& part : document.incomplete) {
      if (part.rejected) {
        status = worse(status, Exit::kRejected);
      } else if (!options_.incomplete_ok) {
        status = worse(status, Exit::kIncomplete);
      }
    }
    return status;
  }

  void select_severities(report::Document& document) const {
    if (shown_.empty()) return;
    std::erase_if(document.findings, [this](const report::Entry& finding) {
      return std::find(shown_.begin(), shown_.end(), finding.severity) == shown_.end();
    });
  }

  const Options& options_;
  DiskFileSystem disk_;
  std::unique_ptr<secret::DetectorSet> own_;
  SecretFindings findings_;
  std::optional<Severity> threshold_;
  std::vector<Severity> shown_;
};

std::function<Exit()> declare(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11 and the command
  app.add_option("path", options->targets,
                 "Files and folders, or `-` for standard input; without any, the current folder")
      ->type_name("PATH");
  app.add_option("--format", options->format, "Print the report in this format")
      ->capture_default_str()
      ->type_name("FORMAT");
  app.add_option("-o,--output", options->output,
                 "Write the report to this file instead of standard output")
      ->type_name("FILE");
  app.add_option("--secret-config,--config", options->configuration,
                 "Detectors of one's own, which built-in ones are on and what is allowed: a "
                 "`trivy-secret.yaml` or a `.gitleaks.toml`")
      ->type_name("FILE");
  app.add_option("--severity", options->severities,
                 "Show findings of these severities only; the exit status stays that of all")
      ->delimiter(',')
      ->allow_extra_args(false)  // what follows is a path
      ->type_name("SEVERITY,...");
  app.add_option("--fail-on", options->fail_on,
                 "Exit with 1 when a finding is at least this severe, or never for that")
      ->capture_default_str()
      ->type_name("SEVERITY|none");
  app.add_option("--exit-code", options->exit_code,
                 "Exit with this status instead of 1 when findings fail the run; 0 lets them pass")
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--baseline", options->baseline,
                 "Fail on findings that this file does not know; the report says which are new, "
                 "known and fixed")
      ->type_name("FILE");
  app.add_flag("--update-baseline", options->update_baseline,
               "Write what is found now to the file of `--baseline` and let it pass");
  app.add_flag("--all-files", options->all_files,
               "Scan also what is skipped by its name: lock files, pictures, archives, tests, "
               "examples, Markdown, the distribution's own files");
  app.add_flag("--incomplete-ok", options->incomplete_ok,
               "Do not fail when a part could not be searched; the report still says so");
  app.add_flag("-v,--verbose", options->verbose,
               "Say for each finding why it matters and which facts decided it");
  app.add_flag("-q,--quiet", options->quiet, "Print no table, so that only the exit status speaks");
  app.add_flag("--no-color", options->no_color, "Print without colour, as with `NO_COLOR` set");
  app.add_option("--jobs", options->jobs, "Use this many threads; 0 means one per processor")
      ->capture_default_str()
      ->type_name("N");
  return [options]() -> Exit {
    const Exit status = Run(*options)();
    return status == Exit::kFindings ? static_cast<Exit>(options->exit_code) : status;
  };
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
      .declare = declare,
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
