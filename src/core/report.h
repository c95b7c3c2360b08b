#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/control.h"
#include "core/finding.h"
#include "core/severity.h"
#include "core/source_file.h"

namespace plimsoll {

/// What a report may say about a rule; the strings are static.
struct RuleInfo {
  std::string_view slug;
  std::string_view title;
  std::string_view kind;
  std::string_view aliases;
  std::string_view why;
  std::string_view fix_note;
  std::string_view sources;
  Severity severity = Severity::kLow;
  Control control = Control::kVerifiedSources;
  FixSafety fix_safety = FixSafety::kNone;
  bool enabled = false;
};

/// For every subject a control is one of these (DESIGN §5). "Not evaluated" is never a pass.
enum class Status : std::uint8_t { kNotApplicable, kPass, kFail, kUnknown };
[[nodiscard]] std::string_view to_string(Status status);

struct ControlScore {
  Control control = Control::kNonRootUser;
  Status status = Status::kNotApplicable;  ///< fail if any subject fails, else unknown, else pass
  int passed = 0;                          ///< subjects
  int failed = 0;
  int unknown = 0;
};

struct SubjectScore {
  std::string subject;
  int passed_weight = 0;
  int failed_weight = 0;
  int unknown_weight = 0;
  std::array<Status, kControlCount> controls{};
};

/// percent = mean over the subjects of passed ÷ (passed + failed) weight, rounded down.
struct Score {
  bool known = false;  ///< false: nothing that has a score was judged
  int percent = 0;
  std::array<ControlScore, kControlCount> controls{};
  std::vector<SubjectScore> subjects;
};

/// What a configuration leaves out of the folders that are judged.
struct LeftOut {
  std::string from;     ///< "plimsoll.yaml:3:5"
  std::string pattern;  ///< as written there
  std::size_t files = 0;
};

/// The outcome of a run: what every format prints. Owns the files that findings point into.
struct Report {
  std::vector<Incomplete> incomplete;
  std::vector<LeftOut> left_out;
  std::vector<Subject> subjects;  ///< sorted by id
  std::vector<Finding> findings;  ///< shown ones, sorted; suppressed ones are kept and marked
  std::size_t hidden = 0;         ///< findings of rules outside the selected set
  Score score;
  std::vector<const RuleInfo*> rules;  ///< of the findings, sorted by slug
  std::vector<std::string> notes;      ///< for standard error: suppressions that suppress nothing
  std::vector<Place> secrets;  ///< bytes that no report may show, also those of hidden findings
  std::vector<std::unique_ptr<SourceFile>> sources;

  [[nodiscard]] bool complete() const { return incomplete.empty(); }
  [[nodiscard]] const RuleInfo* rule(std::string_view slug) const;
  [[nodiscard]] const Subject* subject(std::string_view id) const;
};

}  // namespace plimsoll
