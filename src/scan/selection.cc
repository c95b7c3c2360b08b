#include "scan/selection.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "scan/finish.h"

namespace plimsoll::scan {
namespace {

bool is_shown(const Finding& finding, const AuditOptions& options) {
  if (!options.only_rules.empty()) {
    return std::find(options.only_rules.begin(), options.only_rules.end(), finding.rule) !=
           options.only_rules.end();
  }
  const bool selected = options.all_rules || check::find_rule(finding.rule)->meta.enabled;
  return options.configuration.shows(finding.rule, selected);
}

void collect_rules(Report& report) {
  for (const Finding& finding : report.findings) {
    report.rules.push_back(&check::info_of(*check::find_rule(finding.rule)));
  }
  std::sort(report.rules.begin(), report.rules.end(),
            [](const RuleInfo* a, const RuleInfo* b) { return a->slug < b->slug; });
  report.rules.erase(std::unique(report.rules.begin(), report.rules.end()), report.rules.end());
}

void collect_subjects(const std::vector<check::Verdict>& verdicts, Report& report) {
  std::unordered_set<std::string_view> named;
  for (const Finding& finding : report.findings) named.insert(finding.subject);
  for (const check::Verdict& verdict : verdicts) {
    if (verdict.scored || named.contains(verdict.subject.id)) {
      report.subjects.push_back(verdict.subject);
    }
  }
  const auto before = [](const Subject& a, const Subject& b) { return a.id < b.id; };
  std::stable_sort(report.subjects.begin(), report.subjects.end(), before);
  report.subjects.erase(
      std::unique(report.subjects.begin(), report.subjects.end(),
                  [](const Subject& a, const Subject& b) { return a.id == b.id; }),
      report.subjects.end());
}

}  // namespace

void show(std::vector<Finding> findings, const std::vector<check::Verdict>& verdicts,
          const AuditOptions& options, Report& report) {
  for (Finding& finding : findings) {
    if (is_shown(finding, options)) {
      report.findings.push_back(std::move(finding));
    } else if (!finding.suppressed) {
      ++report.hidden;
    }
  }
  fingerprint(report.findings);
  collect_rules(report);
  collect_subjects(verdicts, report);
}

}  // namespace plimsoll::scan
