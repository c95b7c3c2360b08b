#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/rule_selection.h"
#include "config/configuration.h"
#include "core/exit.h"
#include "core/file_system.h"
#include "core/report.h"
#include "report/baseline.h"
#include "report/document.h"
#include "report/format.h"

namespace plimsoll::cli {

/// The options of every command that prints findings and fails on them.
struct ReportFlags {
  std::string format = "table";
  std::string output;
  std::vector<std::string> severities;
  std::string fail_on = "high";
  std::string audit_level;  ///< of vulnerabilities, in npm's words; "": as `fail_on`
  int exit_code = 1;
  std::vector<std::string> rules;
  std::string baseline;
  bool update_baseline = false;
  bool with_source = false;
  bool verbose = false;
  bool show_suppressed = false;
  bool incomplete_ok = false;
  bool quiet = false;
  bool no_color = false;
  bool fails_on_any = false;  ///< whatever is shown fails, with 2, as Docker Scout does
  bool details = false;       ///< of each vulnerability what its advisory says
  bool locations = false;     ///< of each vulnerability its file and layer
  bool list_packages = false;
  const CLI::Option* fail_on_option = nullptr;  ///< what is typed beats what is configured
  const CLI::Option* exit_code_option = nullptr;
};

void declare(CLI::App& app, ReportFlags& flags);
/// --rules, for commands whose findings are of rules.
void declare_rules(CLI::App& app, ReportFlags& flags);

/// --audit-level, for commands that tell of vulnerabilities beside findings.
void declare_audit_level(CLI::App& app, ReportFlags& flags);

/// What commands that tell of vulnerabilities first of all have besides.
void declare_vulnerability_views(CLI::App& app, ReportFlags& flags);

/// --exit-code N stands for "findings" only; other statuses keep their meaning.
[[nodiscard]] Exit status_for_shell(Exit status, const ReportFlags& flags);

/// Prints a report as its flags say, and judges it. What is wrong is said on standard error.
class Reporting {
 public:
  explicit Reporting(const ReportFlags& flags) : flags_(flags) {}

  /// Reads the flags; false: they are wrong.
  [[nodiscard]] bool prepare(const FileSystem& files, const config::Configuration& configured);
  /// The findings that are shown; after prepare().
  [[nodiscard]] const RuleSelection& rules() const { return rules_; }
  /// The report that is printed shows source lines.
  [[nodiscard]] bool wants_source() const;
  /// Prints it and says what is missing from it. @return the status of the run
  /// @param notes  for standard error
  [[nodiscard]] Exit finish(report::Document document,
                            const std::vector<std::string>& notes = {}) const;

 private:
  [[nodiscard]] bool read_thresholds(const config::Configuration& configured);
  [[nodiscard]] bool read_baseline(const FileSystem& files);
  [[nodiscard]] Exit judge(const report::Document& document) const;
  void select_severities(report::Document& document) const;

  const ReportFlags& flags_;
  const report::Format* format_ = nullptr;
  RuleSelection rules_;
  std::optional<Severity> threshold_;
  std::optional<Severity> audit_level_;
  std::optional<report::Baseline> baseline_;
  [[nodiscard]] bool shows(const std::optional<Severity>& severity) const;
  [[nodiscard]] bool fails(const std::optional<Severity>& severity) const;
  [[nodiscard]] bool fails(const Vulnerability& vulnerability) const;

  std::vector<Severity> shown_;
  bool shows_unknown_ = false;  ///< severities that no source says
  /// As Trivy's users type it: with --exit-code and --severity but no --fail-on, what is shown
  /// fails.
  bool fails_on_shown_ = false;
  bool fails_only_fixed_ = false;  ///< vulnerabilities that no upgrade mends do not
};

}  // namespace plimsoll::cli
