#include "scan/audit.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "check/rule.h"
#include "cli/command.h"
#include "cli/configuration_flags.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/rule_selection.h"
#include "core/limits.h"
#include "engine/engine.h"
#include "report/baseline.h"
#include "report/counts.h"
#include "report/format.h"

namespace plimsoll::cli::commands {
namespace {

struct Options {
  std::vector<std::string> targets{"."};
  std::string format = "table";
  std::string output;
  std::vector<std::string> severities;
  std::string fail_on = "high";
  int exit_code = 1;
  std::vector<std::string> rules;
  std::string baseline;
  bool update_baseline = false;
  bool with_source = false;
  bool inspect = false;
  bool verbose = false;
  bool show_suppressed = false;
  bool incomplete_ok = false;
  bool quiet = false;
  bool no_color = false;
  bool offline = false;
  std::size_t jobs = 0;
  ConfigurationFlags configuration;
  bool targets_given = false;  ///< what is typed beats what is configured
  bool fail_on_given = false;
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
  explicit Run(const Options& options) : options_(options) {}

  Exit operator()() {
    const report::Format* format = report::find_format(options_.format);
    if (format == nullptr) return usage(report::why_no_format(options_.format));
    auto configuration = read_configuration(disk_, options_.configuration, options_.targets);
    if (!configuration) return Exit::kUsage;
    audit_.configuration = *std::move(configuration);
    if (!read_thresholds() || !read_rules() || !read_baseline() || !read_input()) {
      return Exit::kUsage;
    }
    const Report report = audit();
    const bool table = options_.format == "table";
    report::Document document = report::document_of(
        report, format->needs_source || options_.with_source || (table && options_.verbose));
    if (options_.update_baseline && !write(write_baseline(document), options_.baseline)) {
      return Exit::kEnvironment;
    }
    if (baseline_) compare(*baseline_, document);
    const Exit status = judge(document);  // before anything is filtered out of view
    select_severities(document);
    if (!options_.quiet || !table) {
      report::Appearance appearance = appearance_of_stdout(options_.no_color);
      appearance.verbose = options_.verbose;
      appearance.show_suppressed = options_.show_suppressed;
      appearance.with_source = options_.with_source;
      if (!write(format->render(document, appearance), options_.output)) return Exit::kEnvironment;
    }
    complain_about(report);
    name_what_is_left_out(report);
    for (const std::string& note : report.notes) complain(note);
    return status;
  }

 private:
  /// A few by name: the report has them all.
  static void complain_about(const Report& report) {
    constexpr std::size_t kNamed = 5;
    for (std::size_t i = 0; i < report.incomplete.size() && i < kNamed; ++i) {
      const Incomplete& part = report.incomplete[i];
      complain((part.path.empty() ? "" : part.path + ": ") + part.limit +
               (part.environment ? ""
                : part.rejected  ? " (rejected)"
                                 : " (incomplete)"));
    }
    if (report.incomplete.size() > kNamed) {
      complain(std::to_string(report.incomplete.size() - kNamed) +
               " more parts were not judged; the report names them");
    }
  }

  /// In every format, so that a pull request cannot pass by leaving itself out unseen.
  static void name_what_is_left_out(const Report& report) {
    constexpr std::size_t kNamed = 5;
    for (std::size_t i = 0; i < report.left_out.size() && i < kNamed; ++i) {
      const LeftOut& part = report.left_out[i];
      complain(part.from + ": '" + part.pattern + "' leaves out " +
               report::plural(part.files, "file"));
    }
    if (report.left_out.size() > kNamed) {
      complain(std::to_string(report.left_out.size() - kNamed) + " more patterns leave out files");
    }
  }

  Report audit() {
    scan::Progress progress;
    const ProgressLine line(progress, options_.quiet);
    audit_.progress = &progress;
    return scan::audit(disk_, audit_);
  }

  static bool write(const std::string& text, const std::string& path) {
    const auto written = write_output(text, path);
    if (!written) complain(written.error().to_line());
    return written.has_value();
  }

  bool read_baseline() {
    if (options_.baseline.empty()) {
      if (!options_.update_baseline) return true;
      usage("--update-baseline: --baseline must name the file");
      return false;
    }
    if (options_.update_baseline) return true;  // it is written, whatever it held
    auto text = disk_.read(options_.baseline, limits::kJsonBytes);
    if (!text) {
      usage("--baseline: " + text.error().to_line() + " (--update-baseline makes one)");
      return false;
    }
    auto baseline = report::read_baseline(*text, options_.baseline);
    if (!baseline) {
      usage("--baseline: " + baseline.error().to_line());
      return false;
    }
    baseline_ = std::move(*baseline);
    return true;
  }

  static Exit usage(const std::string& message) {
    complain(message);
    return Exit::kUsage;
  }

  bool read_thresholds() {
    const config::Configuration& configured = audit_.configuration;
    if (configured.fail_on && !options_.fail_on_given) {
      threshold_ = configured.fail_on->value;
    } else if (options_.fail_on != "none") {
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
    if (configured.severity && options_.severities.empty()) shown_ = configured.severity->value;
    return true;
  }

  bool read_rules() {
    const auto& configured = audit_.configuration.all_rules;
    audit_.all_rules = configured && configured->value && options_.rules.empty();
    const auto selected = select_rules(options_.rules, "--rules");
    if (!selected) return false;
    audit_.all_rules |= selected->all;
    audit_.only_rules = selected->only;
    return true;
  }

  bool read_input() {
    const auto& configured = audit_.configuration.targets;
    audit_.targets = configured && !options_.targets_given ? configured->value : options_.targets;
    audit_.configuration.apply(audit_.rules);
    audit_.as_inspect = options_.inspect;
    audit_.note_unused_comments = options_.show_suppressed;
    audit_.jobs = options_.jobs;
    audit_.open_engine = [this] { return open_engine(); };
    audit_.rules.today = today();
    const bool standard_input =
        std::find(audit_.targets.begin(), audit_.targets.end(), "-") != audit_.targets.end();
    if (!standard_input) return true;
    auto text = read_standard_input();
    if (!text) {
      usage("standard input is too large");
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

  [[nodiscard]] Exit judge(const report::Document& report) const {
    Exit status = Exit::kClean;
    for (const report::Entry& finding : report.findings) {
      if (options_.update_baseline) break;  // all of them are known from now on
      if (counts(finding) && threshold_ && finding.severity >= *threshold_ &&
          options_.exit_code != 0) {
        status = Exit::kFindings;
      }
    }
    for (const Incomplete& part : report.incomplete) {
      if (part.environment) {
        status = worse(status, Exit::kEnvironment);
      } else if (part.rejected) {
        status = worse(status, Exit::kRejected);
      } else if (!options_.incomplete_ok) {
        status = worse(status, Exit::kIncomplete);
      }
    }
    return status;
  }

  void select_severities(report::Document& report) const {
    if (shown_.empty()) return;
    const auto removed = std::remove_if(
        report.findings.begin(), report.findings.end(), [this](const report::Entry& finding) {
          return std::find(shown_.begin(), shown_.end(), finding.severity) == shown_.end();
        });
    report.findings.erase(removed, report.findings.end());
  }

  const Options& options_;
  DiskFileSystem disk_;
  scan::AuditOptions audit_;
  std::optional<Severity> threshold_;
  std::optional<report::Baseline> baseline_;
  std::vector<Severity> shown_;
};

std::function<Exit()> declare_options(CLI::App& app) {
  const auto options = std::make_shared<Options>();  // shared by CLI11's callbacks and the command
  const CLI::Option* targets =
      app.add_option(
             "target", options->targets,
             "Files, folders, `-` for standard input, `container:NAME` or `engine:` for containers "
             "of an engine; without any, the current folder")
          ->type_name("TARGET");
  app.add_option("--format", options->format, "Print the report in this format")
      ->capture_default_str()
      ->type_name("FORMAT");
  app.add_option("-o,--output", options->output,
                 "Write the report to this file instead of standard output")
      ->type_name("FILE");
  app.add_option("--severity", options->severities,
                 "Show findings of these severities only; the exit status and the score stay those "
                 "of all")
      ->delimiter(',')
      ->allow_extra_args(false)  // what follows is a target
      ->type_name("SEVERITY,...");
  const CLI::Option* fail_on =
      app.add_option("--fail-on", options->fail_on,
                     "Exit with 1 when a finding is at least this severe, or never for that")
          ->capture_default_str()
          ->type_name("SEVERITY|none");
  app.add_option("--exit-code", options->exit_code,
                 "Exit with this status instead of 1 when findings fail the run; 0 lets them pass")
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--rules", options->rules,
                 "Show the findings of the default set, of all rules, or of the named ones only; "
                 "peers' ids such as `hadolint:DL3002` name rules too")
      ->delimiter(',')
      ->allow_extra_args(false)  // what follows is a target
      ->type_name("default|all|RULE,...");
  app.add_option("--baseline", options->baseline,
                 "Fail on findings that this file does not know; the report says which are new, "
                 "known and fixed")
      ->type_name("FILE");
  app.add_flag("--update-baseline", options->update_baseline,
               "Write what is found now to the file of `--baseline` and let it pass");
  app.add_flag("--with-source", options->with_source,
               "Put source lines and the edits of fixes into the JSON report, with secrets masked, "
               "so that `plimsoll report` can show them");
  declare(app, options->configuration);
  app.add_flag("--inspect", options->inspect,
               "Take every target for the output of `docker inspect`, whatever its name");
  app.add_flag("-v,--verbose", options->verbose,
               "Say for each finding why it matters and which facts decided it");
  app.add_flag("--show-suppressed", options->show_suppressed,
               "List suppressed findings too, with who silenced them and why; say which ignore "
               "comments silence nothing");
  app.add_flag("--incomplete-ok", options->incomplete_ok,
               "Do not fail when a part could not be judged; the report still says so");
  app.add_flag("-q,--quiet", options->quiet, "Print no table, so that only the exit status speaks");
  app.add_flag("--no-color", options->no_color, "Print without colour, as with `NO_COLOR` set");
  app.add_flag("--offline", options->offline,
               "Never use the network; audit never does, so this changes nothing");
  app.add_option("--jobs", options->jobs, "Use this many threads; 0 means one per processor")
      ->capture_default_str()
      ->type_name("N");
  return [options, targets, fail_on]() -> Exit {
    options->targets_given = targets->count() > 0;
    options->fail_on_given = fail_on->count() > 0;
    const Exit status = Run(*options)();
    // --exit-code N stands for "findings" only; other statuses keep their meaning.
    return status == Exit::kFindings ? static_cast<Exit>(options->exit_code) : status;
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
    {"plimsoll audit --rules hadolint:DL3002,container-runs-as-root .",
     "Ask one question, by the id that another tool gives it"},
};

constexpr Status kStatuses[] = {
    {Exit::kClean, "nothing at or above the threshold was found, and everything was read"},
    {Exit::kFindings, "there are findings at or above the threshold (or N, with `--exit-code N`)"},
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
