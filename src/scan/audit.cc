#include "scan/audit.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "check/score.h"
#include "check/suppression.h"
#include "core/limits.h"
#include "scan/finish.h"
#include "scan/inputs.h"
#include "scan/judging.h"
#include "scan/lock_files.h"
#include "scan/model.h"
#include "scan/selection.h"

namespace plimsoll::scan {
namespace {

std::vector<check::Pragma> pragmas_of(const Loaded& file, Date today) {
  if (file.dockerfile != nullptr) return check::read_pragmas(*file.dockerfile, today);
  if (file.tree != nullptr) return check::read_pragmas(*file.tree, today);
  return check::read_pragmas_of_shell(*file.source, today);
}

/// What a comment silences is seen from the findings of the whole run, so this is said by the run.
void note_unused(const std::vector<check::Pragma>& pragmas, const std::vector<bool>& used,
                 const SourceFile& file, std::vector<std::string>& notes) {
  for (std::size_t i = 0; i < pragmas.size(); ++i) {
    const check::Pragma& pragma = pragmas[i];
    if (used[i] || pragma.expired || pragma.suppression.by != "plimsoll") continue;
    const Position at = file.position(pragma.span.begin);
    notes.push_back(file.path() + ':' + std::to_string(at.line) + ':' + std::to_string(at.column) +
                    ": the comment suppresses nothing");
  }
}

void suppress_all(const Inputs& inputs, const AuditOptions& options, std::vector<Finding>& findings,
                  std::vector<std::string>& notes) {
  std::unordered_map<const SourceFile*, std::vector<Finding*>> by_file;
  for (Finding& finding : findings) by_file[finding.file].push_back(&finding);
  const auto suppress_in = [&](const Loaded& file) {
    const auto found = by_file.find(file.source.get());
    if (file.source == nullptr || file.content == Content::kNone) return;
    if (found == by_file.end() && !options.note_unused_comments) return;
    const std::vector<check::Pragma> pragmas = pragmas_of(file, options.rules.today);
    const std::vector<bool> used =
        check::suppress(pragmas, found == by_file.end() ? std::vector<Finding*>() : found->second);
    if (options.note_unused_comments) note_unused(pragmas, used, *file.source, notes);
  };
  for (const Loaded& file : inputs.targets()) suppress_in(file);
  for (const Loaded& file : inputs.extra()) suppress_in(file);
}

/// Of every finding, shown or not: the lines around another one may hold it too.
void collect_secrets(const std::vector<Finding>& findings, Report& report) {
  for (const Finding& finding : findings) {
    if (finding.file == nullptr || finding.control != Control::kNoSecrets) continue;
    for (const Span secret : finding.secrets) report.secrets.push_back({finding.file, secret});
    if (finding.secrets.empty() && check::find_rule(finding.rule)->meta.points_at_secret) {
      report.secrets.push_back({finding.file, finding.span});
    }
  }
}

void collect_incomplete(const Inputs& inputs, const Model& model,
                        const std::vector<check::Verdict>& verdicts, Report& report) {
  const auto take = [&report](const std::vector<Incomplete>& parts) {
    report.incomplete.insert(report.incomplete.end(), parts.begin(), parts.end());
  };
  take(inputs.discovery().incomplete);
  for (const Loaded& file : inputs.targets()) take(file.incomplete);
  take(model.incomplete);
  for (const check::Verdict& verdict : verdicts) {
    if (!verdict.truncated) continue;
    report.incomplete.push_back({"limit", verdict.subject.path, "findings of one subject",
                                 std::to_string(limits::kFindingsPerFile), false});
  }
  const auto key = [](const Incomplete& part) {
    return std::tie(part.path, part.stage, part.limit, part.value);
  };
  std::sort(report.incomplete.begin(), report.incomplete.end(),
            [&key](const Incomplete& a, const Incomplete& b) { return key(a) < key(b); });
  report.incomplete.erase(
      std::unique(report.incomplete.begin(), report.incomplete.end(),
                  [&key](const Incomplete& a, const Incomplete& b) { return key(a) == key(b); }),
      report.incomplete.end());
}

/// An ignore of the repository's own file that matches nothing hides nothing today, and something
/// else tomorrow. Only a run that saw all that it could be about knows.
void note_unused(const std::vector<const config::LiveIgnore*>& unused, const Inputs& inputs,
                 const AuditOptions& options, Report& report) {
  if (!report.complete() || options.as_inspect) return;
  const std::vector<std::string>& roots = inputs.discovery().roots;
  for (const config::LiveIgnore* live : unused) {
    const bool seen = std::any_of(roots.begin(), roots.end(), [&](const std::string& root) {
      return options.configuration.below(root, live->root).has_value();
    });
    if (!seen || live->of_peer || live->anywhere) continue;
    report.notes.push_back(live->from + ": the ignore of " +
                           std::string(live->ignore.rules.front()->meta.slug) + " matches nothing");
  }
}

/// @param locks  null: nobody asks for lock files
Report run(const FileSystem& files, const AuditOptions& options, LockFiles* locks) {
  Inputs inputs(files, options, locks != nullptr);
  inputs.load();
  const Model model = read_model(inputs);
  std::vector<check::Verdict> verdicts = judge_all(inputs, model, options);

  std::vector<Finding> findings;
  for (check::Verdict& verdict : verdicts) {
    findings.insert(findings.end(), std::make_move_iterator(verdict.findings.begin()),
                    std::make_move_iterator(verdict.findings.end()));
  }
  Report report;
  if (locks != nullptr) {
    *locks = read_lock_files(inputs, model, options.jobs, report.incomplete);
  }
  suppress_all(inputs, options, findings, report.notes);
  const config::Applied applied = options.configuration.apply(findings);
  if (!applied.complete) {
    report.incomplete.push_back(
        {"limit", "", "ignores of the configuration", std::to_string(limits::kIgnoreSteps), false});
  }
  report.score = check::score(verdicts, findings);
  collect_secrets(findings, report);
  if (options.merged) findings = merge(std::move(findings));
  show(std::move(findings), verdicts, options, report);
  collect_incomplete(inputs, model, verdicts, report);
  report.left_out = inputs.left_out();
  note_unused(applied.unused, inputs, options, report);
  inputs.release(report.sources);
  return report;
}

}  // namespace

Report audit(const FileSystem& files, const AuditOptions& options) {
  return run(files, options, nullptr);
}

Report audit(const FileSystem& files, const AuditOptions& options, LockFiles& locks) {
  return run(files, options, &locks);
}

}  // namespace plimsoll::scan
