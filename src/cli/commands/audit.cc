#include "scan/audit.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "check/rule.h"
#include "cli/command.h"
#include "cli/configuration_flags.h"
#include "cli/lock_findings.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/report_flags.h"
#include "core/limits.h"
#include "engine/engine.h"
#include "report/document.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::vector<std::string> targets{"."};
  bool inspect = false;
  bool offline = false;
  std::size_t jobs = 0;
  ReportFlags report;
  LockFlags locks;
  ConfigurationFlags configuration;
  bool targets_given = false;  ///< what is typed beats what is configured
};

/// At most kJsonBytes, so that an endless pipe ends.
std::optional<std::string> read_standard_input() {
  std::string text;
  std::vector<char> buffer(1U << 16U);
  while (std::cin.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) ||
         std::cin.gcount() > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(std::cin.gcount()));
    if (text.size() > limits::kJsonBytes) return std::nullopt;
  }
  return text;
}

class Run {
 public:
  explicit Run(const Options& options) : options_(options), reporting_(options.report) {}

  Exit operator()() {
    auto configuration = read_configuration(disk_, options_.configuration, options_.targets);
    if (!configuration) return Exit::kUsage;
    audit_.configuration = *std::move(configuration);
    if (!reporting_.prepare(disk_, audit_.configuration) || !read_input()) return Exit::kUsage;
    audit_.all_rules = reporting_.rules().all;
    audit_.only_rules = reporting_.rules().only;
    scan::LockFiles locks;
    Report report = audit(locks);
    report::Document document = report::document_of(report, reporting_.wants_source());
    add_lock_files(options_.locks, audit_.configuration, std::move(locks), document, report.notes);
    return reporting_.finish(std::move(document), report.notes);
  }

 private:
  Report audit(scan::LockFiles& locks) {
    scan::Progress progress;
    const ProgressLine line([&progress] { return progress_text(progress); }, options_.report.quiet);
    audit_.progress = &progress;
    if (options_.locks.none) return scan::audit(disk_, audit_);
    return scan::audit(disk_, audit_, locks);
  }

  bool read_input() {
    const auto& configured = audit_.configuration.targets;
    audit_.targets = configured && !options_.targets_given ? configured->value : options_.targets;
    audit_.configuration.apply(audit_.rules);
    audit_.as_inspect = options_.inspect;
    audit_.note_unused_comments = options_.report.show_suppressed;
    audit_.jobs = options_.jobs;
    audit_.open_engine = [this] { return open_engine(); };
    audit_.rules.today = today();
    const bool standard_input =
        std::find(audit_.targets.begin(), audit_.targets.end(), "-") != audit_.targets.end();
    if (!standard_input) return true;
    auto text = read_standard_input();
    if (!text) {
      complain("standard input is too large");
      return false;
    }
    audit_.standard_input = std::move(*text);
    return true;
  }

  [[nodiscard]] Result<std::unique_ptr<engine::Api>> open_engine() const {
    const auto variable = [](const char* name) {
      const char* const value = std::getenv(name);
      return std::string(value == nullptr ? "" : value);
    };
    std::string host = variable("DOCKER_HOST");
    const std::string context = variable("DOCKER_CONTEXT");
    // What a context stands for is not read: better no engine than another one.
    if (host.empty() && !context.empty() && context != "default") host = "context://" + context;
    auto socket = engine::find_socket(
        disk_, {.docker_host = host, .runtime_folder = variable("XDG_RUNTIME_DIR")});
    if (!socket) return tl::unexpected<Error>(std::move(socket).error());
    return engine::open_socket(*std::move(socket));
  }

  const Options& options_;
  DiskFileSystem disk_;
  scan::AuditOptions audit_;
  Reporting reporting_;
};

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11's callbacks and the command
  const CLI::Option* targets =
      app.add_option(
             "target", options->targets,
             "Files, folders, `-` for standard input, `container:NAME` or `engine:` for containers "
             "of an engine; without any, the current folder")
          ->type_name("TARGET");
  declare(app, options->report);
  declare_rules(app, options->report);
  declare_audit_level(app, options->report);
  declare(app, options->locks);
  declare(app, options->configuration);
  app.add_flag("--inspect", options->inspect,
               "Take every target for the output of `docker inspect`, whatever its name");
  app.add_flag("--offline", options->offline,
               "Never use the network; audit never does, so this changes nothing");
  app.add_option("--jobs", options->jobs, "Use this many threads; 0 means one per processor")
      ->capture_default_str()
      ->type_name("N");
  return [options, targets]() -> Exit {
    options->targets_given = targets->count() > 0;
    return status_for_shell(Run(*options)(), options->report);
  };
}

constexpr Sample kSamples[] = {
    {"plimsoll audit", "Judge the current folder and all below it"},
    {"plimsoll audit --rules all --verbose Dockerfile",
     "Judge one file with every rule, and say why each finding matters"},
    {"plimsoll audit container:web compose.yaml",
     "Judge a container that runs, and compare it with the file it was made from"},
    {"plimsoll audit engine:", "Judge all containers of the engine, also those that are stopped"},
    {"docker inspect web | plimsoll audit --inspect -",
     "Judge what an engine elsewhere says of a container"},
    {"plimsoll audit --format json --output report.json --fail-on medium .",
     "In CI: keep the report, fail from medium upwards"},
    {"plimsoll audit --audit-level moderate --omit dev .",
     "Fail on vulnerabilities in what lock files install, from medium upwards"},
    {"plimsoll audit --rules hadolint:DL3002,container-runs-as-root .",
     "Ask one question, by the id that another tool gives it"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "nothing at or above the threshold was found, and everything was read"},
    {Exit::kFindings,
     "there are findings or vulnerabilities at or above the threshold (or N, with `--exit-code "
     "N`)"},
    {Exit::kUsage, "the command line or the configuration is wrong"},
    {Exit::kRejected, "some input was rejected: it does not exist, or is no text of its kind"},
    {Exit::kIncomplete, "some part could not be judged, and `--incomplete-ok` was not given"},
    {Exit::kEnvironment,
     "an engine could not be asked: none runs, no permission, no proper answer; or the report "
     "could "
     "not be written"},
};

}  // namespace

const Command& audit() {
  static constexpr Command kCommand{
      .name = "audit",
      .title = "Judge Dockerfiles, Compose files, manifests, run lines and CI",
      .declare = declare_options,
      .about =
          "Reads files and folders, joins what belongs together (a service, the Dockerfile it "
          "builds, what is known of its base image), judges it by rules and prints the findings "
          "and a score.\n"
          "\n"
          "In folders, files are found by name; a file that is named is judged by its content. "
          "Hidden folders other than `.github` and `.gitlab`, `node_modules` and links are not "
          "entered. Whatever could not be judged is said on standard error and in the report.\n"
          "\n"
          "What lock files of the folders list (package-lock.json, poetry.lock, go.mod, …) is "
          "compared with a database of advisories, and joined with the Dockerfiles that install "
          "it; "
          "docs/lock-files.md says how. Scores stay those of the files that build and run.\n"
          "\n"
          "`container:NAME` and `engine:` ask the engine at the socket of `DOCKER_HOST`, else of "
          "Docker, else of Podman. They only read: nothing is changed and nothing runs in a "
          "container. A file of such a name is written `./engine:`.\n"
          "\n"
          "`plimsoll.yaml` and peers' ignore files configure a run; `plimsoll config --help` says "
          "how.\n"
          "\n"
          "Where several statuses hold, the first of 2, 5, 3, 4, 1, 0 counts.",
      .samples = kSamples,
      .statuses = kStatuses};
  return kCommand;
}

}  // namespace plimsoll::cli::commands
