#include "cli/base_fix.h"

#include <algorithm>
#include <utility>

#include "base/index.h"
#include "cli/base_choice.h"
#include "cli/base_question.h"
#include "cli/database.h"
#include "core/layered_file_system.h"
#include "scan/base_change.h"

namespace plimsoll::cli {
namespace {

constexpr std::string_view kName = "recommend";

/// 1-based, of the first line that differs.
std::uint32_t first_line(std::string_view before, std::string_view after) {
  const auto [at, other] = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  return 1 + static_cast<std::uint32_t>(std::count(before.begin(), at, '\n'));
}

class BaseFixes {
 public:
  BaseFixes(const BaseFixFlags& flags, const FileSystem& files, const scan::FixOptions& options,
            scan::FixPlan& plan)
      : options_(options),
        plan_(plan),
        files_(changed_, files),
        judge_(flags.image, &flags.vulnerabilities, options.audit.configuration, true) {
    for (const scan::FileChange& each : plan.files) changed_.add(each.path, each.after);
  }

  void offer(const std::string& path) {
    auto base = scan::base_of_file(files_, path, "");
    if (!base) return;  // built on nothing that can be known
    const auto answered = answer({.target = {}, .base = *std::move(base), .said_by = path}, judge_);
    if (!answered || !answered->advice.base) return;
    const report::BaseAdvice& advice = answered->advice;
    const report::BaseAlternative* const best = best_of(advice);
    if (best == nullptr) return;
    const report::BaseAlternative& choice = editable(advice, *best);
    if (!is_of_repository(choice, advice)) return leave(path, advice, choice, "another repository");
    const auto made = change(path, choice);
    if (!made) {
      // The tag stays: a build that pulls is all that a refresh needs.
      const bool is_rebuild = choice.steps.front() == "refresh";
      return leave(path, advice, choice,
                   is_rebuild ? "build with --pull, no edit is needed" : made.error().message);
    }
    if (!is_easy(choice) && !options_.unsafe) {
      return leave(path, advice, choice, choice.caveats.back(), true);
    }
    take(path, advice, choice, *made);
  }

  [[nodiscard]] const std::vector<std::string>& notes() const { return judge_.notes(); }

 private:
  [[nodiscard]] Result<scan::BaseChange> change(const std::string& path,
                                                const report::BaseAlternative& choice) const {
    scan::AuditOptions audit;
    audit.configuration = options_.audit.configuration;
    audit.rules = options_.audit.rules;
    const auto reference = base::reference_of(choice.figures.name);
    return scan::change_base(files_, audit, path, "",
                             {.tag = reference->tag, .digest = choice.figures.digest});
  }

  static std::string message_of(const report::BaseAdvice& advice,
                                const report::BaseAlternative& choice) {
    std::string text = advice.base->name + " could be " + choice.figures.name;
    if (!choice.reasons.empty()) text += ": it " + choice.reasons.front();
    return text;
  }

  static Severity severity_of(const report::BaseAlternative& choice) {
    const bool is_severe =
        choice.mends.of(Severity::kCritical) > 0 || choice.mends.of(Severity::kHigh) > 0;
    return is_severe ? Severity::kHigh : Severity::kMedium;
  }

  void leave(const std::string& path, const report::BaseAdvice& advice,
             const report::BaseAlternative& choice, const std::string& reason,
             bool needs_unsafe = false) {
    plan_.ideas.push_back(path + ": " + message_of(advice, choice) + "; " + reason +
                          (needs_unsafe ? " (--unsafe writes it)" : ""));
  }

  void take(const std::string& path, const report::BaseAdvice& advice,
            const report::BaseAlternative& choice, const scan::BaseChange& made) {
    auto change = std::find_if(plan_.files.begin(), plan_.files.end(),
                               [&path](const scan::FileChange& each) { return each.path == path; });
    if (change == plan_.files.end()) {
      change = std::upper_bound(plan_.files.begin(), plan_.files.end(), path,
                                [](const std::string& wanted, const scan::FileChange& each) {
                                  return wanted < each.path;
                                });
      change = plan_.files.insert(change, {.path = path, .before = made.before, .after = {}});
    }
    change->after = made.after;
    change->fixes.push_back({.rule = kName,
                             .severity = severity_of(choice),
                             .subject = path,
                             .message = message_of(advice, choice),
                             .title = "build on " + choice.figures.name,
                             .advice = is_easy(choice) || choice.caveats.empty()
                                           ? std::string()
                                           : choice.caveats.back(),
                             .safety = is_easy(choice) ? FixSafety::kSafe : FixSafety::kUnsafe,
                             .line = first_line(made.before, made.after)});
    std::stable_sort(change->fixes.begin(), change->fixes.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    changed_.add(path, made.after);
  }

  const scan::FixOptions& options_;
  scan::FixPlan& plan_;
  MemoryFileSystem changed_;  ///< as the plan has them
  LayeredFileSystem files_;
  ImageJudge judge_;
};

}  // namespace

void declare(CLI::App& app, BaseFixFlags& flags) {
  flags.vulnerabilities.database = default_database();
  app.add_flag("--no-bases", flags.none,
               "Do not look for better base images in the index of `plimsoll base add`");
  app.add_option("--db", flags.vulnerabilities.database,
                 "The database of advisories that base images are judged by")
      ->type_name("FILE");
}

void add_base_fixes(const BaseFixFlags& flags, const FileSystem& files,
                    const scan::FixOptions& options, scan::FixPlan& plan,
                    std::vector<std::string>& notes) {
  if (flags.none || !plan.first || !options.audit.only_rules.empty() ||
      base::Index::open(default_bases()).entries().empty()) {
    return;
  }
  BaseFixes fixes(flags, files, options, plan);
  for (const Subject& subject : plan.first->subjects) {
    if (subject.kind == "dockerfile") fixes.offer(subject.path);
  }
  notes = fixes.notes();
}

}  // namespace plimsoll::cli
