#include "cli/report_flags.h"

#include <algorithm>
#include <utility>

#include "cli/option_heading.h"
#include "cli/output.h"
#include "core/limits.h"
#include "report/counts.h"
#include "report/document_text.h"
#include "report/vulnerability_findings.h"

namespace plimsoll::cli {
namespace {

bool write(const std::string& text, const std::string& path) {
  const auto written = write_output(text, path);
  if (!written) complain(written.error().to_line());
  return written.has_value();
}

/// A few by name: the report has them all.
void complain_about(const report::Document& report) {
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
void name_what_is_left_out(const report::Document& report) {
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

}  // namespace

void declare(CLI::App& app, ReportFlags& flags) {
  const OptionHeading heading(app, "Report and exit status");
  app.add_option("--format", flags.format, "Print the report in this format")
      ->capture_default_str()
      ->type_name("FORMAT");
  app.add_option("-o,--output,--output-file", flags.output,
                 "Write the report to this file instead of standard output")
      ->type_name("FILE");
  app.add_option("--severity", flags.severities,
                 "Show findings of these severities only; the exit status and the score stay those "
                 "of all")
      ->delimiter(',')
      ->allow_extra_args(false)  // what follows is a target
      ->type_name("SEVERITY,...");
  flags.fail_on_option =
      app.add_option("--fail-on", flags.fail_on,
                     "Exit with 1 when a finding is at least this severe, when there is any, when "
                     "there is one that an upgrade mends, or never")
          ->capture_default_str()
          ->type_name("SEVERITY|none|all|upgradable");
  flags.exit_code_option =
      app.add_option(
             "--exit-code", flags.exit_code,
             "Exit with this status instead of 1 when findings fail the run; 0 lets them pass")
          ->capture_default_str()
          ->type_name("N");
  app.add_option("--baseline", flags.baseline,
                 "Fail on findings that this file does not know; the report says which are new, "
                 "known and fixed")
      ->type_name("FILE");
  app.add_flag("--update-baseline", flags.update_baseline,
               "Write what is found now to the file of `--baseline` and let it pass");
  app.add_flag("--with-source", flags.with_source,
               "Put source lines and the edits of fixes into the JSON report, with secrets masked, "
               "so that `plimsoll report` can show them");
  app.add_flag("-v,--verbose", flags.verbose,
               "Say for each finding why it matters and which facts decided it");
  app.add_flag("--show-suppressed", flags.show_suppressed,
               "List suppressed findings too, with who silenced them and why; say which ignore "
               "comments silence nothing");
  app.add_flag("--incomplete-ok", flags.incomplete_ok,
               "Do not fail when a part could not be judged; the report still says so");
  app.add_flag("-q,--quiet", flags.quiet, "Print no table, so that only the exit status speaks");
  app.add_flag("--no-color", flags.no_color, "Print without colour, as with `NO_COLOR` set");
}

void declare_rules(CLI::App& app, ReportFlags& flags) {
  const OptionHeading heading(app, "Report and exit status");
  app.add_option("--rules", flags.rules,
                 "Show the findings of the default set, of all rules, or of the named ones only; "
                 "peers' ids such as `hadolint:DL3002` name rules too")
      ->delimiter(',')
      ->allow_extra_args(false)  // what follows is a target
      ->type_name("default|all|RULE,...");
}

void declare_audit_level(CLI::App& app, ReportFlags& flags) {
  const OptionHeading heading(app, "Report and exit status");
  app.add_option("--audit-level", flags.audit_level,
                 "The same as `--fail-on` for vulnerabilities alone, in the words of npm")
      ->check(CLI::IsMember({"info", "low", "moderate", "medium", "high", "critical", "none"})
                  .description(""))  // the name of the type says it
      ->type_name("info|low|moderate|high|critical|none");
}

void declare_vulnerability_views(CLI::App& app, ReportFlags& flags) {
  const OptionHeading heading(app, "Report and exit status");
  app.add_flag("--details", flags.details, "Print what the advisories say, and where to read on");
  app.add_flag("--locations", flags.locations,
               "Print the file that lists each package, and the layer that brought it");
  app.add_flag("--list-all-pkgs,--all-packages", flags.list_packages,
               "List the packages without vulnerabilities too, in `--format trivy-json`; other "
               "formats for programs always do");
  app.add_flag("-e", flags.fails_on_any,
               "Exit with 2 when any vulnerability is shown, as Docker Scout does");
  app.add_flag_callback(
      "--json", [&flags] { flags.format = "json"; }, "The same as `--format json`");
  app.add_flag_callback(
      "--sarif", [&flags] { flags.format = "sarif"; }, "The same as `--format sarif`");
}

Exit status_for_shell(Exit status, const ReportFlags& flags) {
  if (status != Exit::kFindings) return status;
  const bool says = flags.exit_code_option != nullptr && flags.exit_code_option->count() > 0;
  constexpr int kAsDockerScout = 2;
  return static_cast<Exit>(flags.fails_on_any && !says ? kAsDockerScout : flags.exit_code);
}

bool Reporting::prepare(const FileSystem& files, const config::Configuration& configured) {
  format_ = report::find_format(flags_.format);
  if (format_ == nullptr) {
    complain(report::why_no_format(flags_.format));
    return false;
  }
  if (report::find_format(flags_.output) != nullptr) {
    complain("--output: '" + flags_.output +
             "' is a format, which --format names; a file of this "
             "name is ./" +
             flags_.output);
    return false;
  }
  if (!read_thresholds(configured)) return false;
  auto rules = select_rules(flags_.rules, "--rules");
  if (!rules) return false;
  rules_ = *std::move(rules);
  rules_.all |= configured.all_rules && configured.all_rules->value && flags_.rules.empty();
  return read_baseline(files);
}

bool Reporting::wants_source() const {
  return format_->needs_source || flags_.with_source ||
         (flags_.format == "table" && flags_.verbose);
}

Exit Reporting::finish(report::Document document, const std::vector<std::string>& notes) const {
  report::make_utf8(document);
  if (flags_.update_baseline && !write(write_baseline(document), flags_.baseline)) {
    return Exit::kEnvironment;
  }
  if (baseline_) compare(*baseline_, document);
  const Exit status = judge(document);  // before anything is filtered out of view
  select_severities(document);
  if (!flags_.quiet || flags_.format != "table") {
    if (!format_->tells_vulnerabilities) report::tell_vulnerabilities_as_findings(document);
    report::Appearance appearance = appearance_of_stdout(flags_.no_color);
    appearance.verbose = flags_.verbose;
    appearance.show_suppressed = flags_.show_suppressed;
    appearance.with_source = flags_.with_source;
    appearance.details = flags_.details;
    appearance.locations = flags_.locations;
    appearance.list_packages = flags_.list_packages;
    if (!write(format_->render(document, appearance), flags_.output)) return Exit::kEnvironment;
  }
  complain_about(document);
  name_what_is_left_out(document);
  for (const std::string& note : notes) complain(note);
  return status;
}

bool Reporting::read_baseline(const FileSystem& files) {
  if (flags_.baseline.empty()) {
    if (!flags_.update_baseline) return true;
    complain("--update-baseline: --baseline must name the file");
    return false;
  }
  if (flags_.update_baseline) return true;  // it is written, whatever it held
  auto text = files.read(flags_.baseline, limits::kJsonBytes);
  if (!text) {
    complain("--baseline: " + text.error().to_line() + " (--update-baseline makes one)");
    return false;
  }
  auto baseline = report::read_baseline(*text, flags_.baseline);
  if (!baseline) {
    complain("--baseline: " + baseline.error().to_line());
    return false;
  }
  baseline_ = std::move(*baseline);
  return true;
}

bool Reporting::read_thresholds(const config::Configuration& configured) {
  if (configured.fail_on && flags_.fail_on_option->count() == 0) {
    threshold_ = configured.fail_on->value;
  } else if (flags_.fail_on == "all" || flags_.fail_on == "upgradable") {
    fails_on_shown_ = true;
    fails_only_fixed_ = flags_.fail_on == "upgradable";
  } else if (flags_.fail_on != "none") {
    threshold_ = flags_.fail_on == "negligible" ? Severity::kInfo : parse_severity(flags_.fail_on);
    if (!threshold_) {
      complain("--fail-on: unknown severity '" + flags_.fail_on + "'");
      return false;
    }
  }
  audit_level_ =
      flags_.audit_level == "moderate" ? Severity::kMedium : parse_severity(flags_.audit_level);
  for (const std::string& name : flags_.severities) {
    if (ascii::iequals(name, "unknown")) {
      shows_unknown_ = true;
      continue;
    }
    const auto severity = parse_severity(name);
    if (!severity) {
      complain("--severity: unknown severity '" + name + "'");
      return false;
    }
    shown_.push_back(*severity);
  }
  if (configured.severity && flags_.severities.empty()) shown_ = configured.severity->value;
  if (shown_.empty() && !shows_unknown_) shows_unknown_ = true;
  fails_on_shown_ |= flags_.fails_on_any;
  fails_on_shown_ |= !flags_.severities.empty() && flags_.exit_code_option->count() > 0 &&
                     flags_.fail_on_option->count() == 0 && !configured.fail_on;
  return true;
}

bool Reporting::shows(const std::optional<Severity>& severity) const {
  if (!severity) return shows_unknown_;
  if (flags_.severities.empty() && shown_.empty()) return true;
  return std::find(shown_.begin(), shown_.end(), *severity) != shown_.end();
}

bool Reporting::fails(const std::optional<Severity>& severity) const {
  if (flags_.exit_code == 0) return false;
  if (fails_on_shown_) return shows(severity);
  return threshold_ && severity && *severity >= *threshold_;
}

bool Reporting::fails(const Vulnerability& vulnerability) const {
  if (fails_only_fixed_ && vulnerability.fixed.empty()) return false;
  // What is attacked already is no less than high for want of a word.
  const bool lacks_word = vulnerability.is_exploited && !vulnerability.severity;
  const std::optional<Severity> severity = lacks_word ? Severity::kHigh : vulnerability.severity;
  if (flags_.audit_level.empty()) return fails(severity);
  // From "info" upwards everything counts, whether somebody has said how severe it is or not.
  return flags_.exit_code != 0 && audit_level_ &&
         severity.value_or(Severity::kInfo) >= *audit_level_;
}

Exit Reporting::judge(const report::Document& report) const {
  Exit status = Exit::kClean;
  for (const report::Entry& finding : report.findings) {
    if (flags_.update_baseline) break;  // all of them are known from now on
    if (fails_only_fixed_) break;       // they are mended by edits, not by upgrades
    if (counts(finding) && fails(finding.severity)) status = Exit::kFindings;
  }
  for (const Vulnerability& each : report.vulnerabilities) {
    if (flags_.update_baseline || !report::counts(each)) continue;
    const bool is_noise =
        each.package < report.packages.size() && is_kernel_headers(report.packages[each.package]);
    if (is_noise) continue;  // of a kernel that is not in the image
    if (fails(each)) status = Exit::kFindings;
  }
  for (const Incomplete& part : report.incomplete) {
    if (part.environment) {
      status = worse(status, Exit::kEnvironment);
    } else if (part.rejected) {
      status = worse(status, Exit::kRejected);
    } else if (!flags_.incomplete_ok) {
      status = worse(status, Exit::kIncomplete);
    }
  }
  return status;
}

void Reporting::select_severities(report::Document& report) const {
  std::erase_if(report.findings,
                [this](const report::Entry& finding) { return !shows(finding.severity); });
  std::erase_if(report.vulnerabilities,
                [this](const Vulnerability& each) { return !shows(each.severity); });
}

}  // namespace plimsoll::cli
