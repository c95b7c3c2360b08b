#include "check/score.h"

#include <unordered_map>

namespace plimsoll::check {
namespace {

/// Controls that fail, by subject id; the key "" holds what fails for a whole project.
using Failures = std::unordered_map<std::string_view, std::array<bool, kControlCount>>;

Failures collect_failures(const std::vector<Finding>& findings) {
  Failures failures;
  for (const Finding& finding : findings) {
    if (finding.suppressed || finding.severity == Severity::kInfo) continue;
    const auto control = static_cast<std::size_t>(finding.control);
    failures[finding.subject][control] = true;
    for (const std::string& subject : finding.also) failures[subject][control] = true;
  }
  return failures;
}

/// Projects and workflows are not scored themselves: what they lack, their images lack.
std::array<bool, kControlCount> project_failures(const std::vector<Verdict>& verdicts,
                                                 const Failures& failures) {
  std::array<bool, kControlCount> any{};
  for (const Verdict& verdict : verdicts) {
    if (verdict.subject.kind != "project" && verdict.subject.kind != "workflow") continue;
    const auto found = failures.find(verdict.subject.id);
    if (found == failures.end()) continue;
    for (const Control control : kRepositoryControls) {
      const auto i = static_cast<std::size_t>(control);
      any[i] = any[i] || found->second[i];
    }
  }
  return any;
}

SubjectScore score_subject(const Verdict& verdict, const std::array<bool, kControlCount>& failed) {
  SubjectScore score;
  score.subject = verdict.subject.id;
  for (std::size_t i = 0; i < kControlCount; ++i) {
    if (!verdict.applicable[i]) continue;
    if (failed[i]) {
      score.controls[i] = Status::kFail;
      score.failed_weight += verdict.weight[i];
    } else if (verdict.unknown[i]) {
      score.controls[i] = Status::kUnknown;
      score.unknown_weight += verdict.weight[i];
    } else {
      score.controls[i] = Status::kPass;
      score.passed_weight += verdict.weight[i];
    }
  }
  return score;
}

void add_up(Score& total) {
  for (std::size_t i = 0; i < kControlCount; ++i) {
    ControlScore& control = total.controls[i];
    control.control = static_cast<Control>(i);
    for (const SubjectScore& subject : total.subjects) {
      control.passed += subject.controls[i] == Status::kPass ? 1 : 0;
      control.failed += subject.controls[i] == Status::kFail ? 1 : 0;
      control.unknown += subject.controls[i] == Status::kUnknown ? 1 : 0;
    }
    if (control.failed > 0) {
      control.status = Status::kFail;
    } else if (control.unknown > 0) {
      control.status = Status::kUnknown;
    } else if (control.passed > 0) {
      control.status = Status::kPass;
    }
  }
  // Integers, so that the figure is the same on every machine.
  std::int64_t per_mille = 0;
  std::int64_t counted = 0;
  for (const SubjectScore& subject : total.subjects) {
    const int decided = subject.passed_weight + subject.failed_weight;
    if (decided == 0) continue;
    per_mille += 1000LL * subject.passed_weight / decided;
    ++counted;
  }
  if (counted == 0) return;
  total.known = true;
  total.percent = static_cast<int>(per_mille / counted / 10);
}

}  // namespace

Score score(const std::vector<Verdict>& verdicts, const std::vector<Finding>& findings) {
  const Failures failures = collect_failures(findings);
  const std::array<bool, kControlCount> for_images = project_failures(verdicts, failures);
  Score total;
  for (const Verdict& verdict : verdicts) {
    if (!verdict.scored) continue;
    std::array<bool, kControlCount> failed{};
    if (const auto found = failures.find(verdict.subject.id); found != failures.end()) {
      failed = found->second;
    }
    if (verdict.subject.kind == "dockerfile") {
      for (std::size_t i = 0; i < kControlCount; ++i) failed[i] = failed[i] || for_images[i];
    }
    total.subjects.push_back(score_subject(verdict, failed));
  }
  add_up(total);
  return total;
}

}  // namespace plimsoll::check
