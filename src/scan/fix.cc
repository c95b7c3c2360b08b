#include "scan/fix.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "check/rule.h"
#include "core/layered_file_system.h"
#include "core/limits.h"
#include "core/path.h"
#include "core/utf8.h"
#include "scan/fix_attempt.h"

namespace plimsoll::scan {
namespace {

/// A fix may make room for the next; after so many rounds the rest is left.
constexpr int kRounds = 24;
/// Judgements that a round may spend on finding the fixes that do harm: fewer where each is long.
constexpr std::size_t kMostTrials = 200;
constexpr std::size_t kFewestTrials = 16;
constexpr std::size_t kJudgedFindings = 400'000;
std::size_t trials_for(std::size_t findings) {
  return std::clamp(kJudgedFindings / std::max<std::size_t>(findings, 1), kFewestTrials,
                    kMostTrials);
}

using Counts = std::unordered_map<std::string, int>;

/// One judgement of all files.
struct Judgement {
  std::shared_ptr<const Report> report;
  Counts counts;
  std::set<std::string> broken;  ///< paths that were not read whole
};

/// What a round may have spoilt.
struct Suspects {
  std::set<std::string> files;
  std::map<std::string, std::set<std::string>> subjects;  ///< of a file; absent: all of it
};

bool counts_for_score(const Finding& finding) {
  return !finding.suppressed && finding.severity >= Severity::kLow;
}

std::size_t failing(const Report& report) {
  return static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(), counts_for_score));
}

/// Every line that the edit touches is valid UTF-8: others may be Latin-1, these we understood.
bool is_clean(const SourceFile& file, const Edit& edit) {
  const Span first = file.line_span(file.line_index(edit.span.begin));
  const Span last = file.line_span(file.line_index(edit.span.end));
  return !utf8::find_invalid(file.slice({first.begin, last.end}));
}

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos;
       at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' '))
      return true;
  }
  return false;
}

/// A new finding that one of the attempts has announced.
bool is_revealed(const std::vector<const Attempt*>& attempts, std::string_view key) {
  return std::any_of(attempts.begin(), attempts.end(), [key](const Attempt* attempt) {
    return !attempt->reveals.empty() && attempt->home == path_of_key(key) &&
           has_word(attempt->reveals, rule_of_key(key));
  });
}

class Fixer {
 public:
  Fixer(const FileSystem& files, const FixOptions& options) : files_(files), options_(options) {
    audit_ = options.audit;
    audit_.only_rules.clear();  // what appears anew may be of any rule
    audit_.all_rules = true;
    audit_.merged = false;
    audit_.rules.fix.unsafe = options.unsafe;
  }

  FixPlan run() {
    const Judgement first = judge(drafts_, audit_.targets);
    Judgement last = fix_all(first);
    if (some_consequence_stays(first.counts, last.counts)) {
      // What was to be mended in turn was not: without such fixes, then.
      lenient_ = false;
      drafts_.clear();
      consequences_.clear();
      last = fix_all(first);
    }
    FixPlan plan;
    plan.before = first.report->score;
    plan.after = last.report->score;
    plan.incomplete = first.report->incomplete;
    plan.findings_before = failing(*first.report);
    plan.findings_after = failing(*last.report);
    plan.refused = refused_.size();
    plan.first = first.report;
    plan.last = last.report;
    tell_left(*last.report, plan);
    tell_files(plan);
    return plan;
  }

 private:
  Judgement fix_all(Judgement now) {
    for (int round = 0; round < kRounds; ++round) {
      const std::vector<Attempt> attempts = choose(*now.report);
      if (attempts.empty()) break;
      now = settle(attempts, now);
    }
    return now;
  }

  [[nodiscard]] bool some_consequence_stays(const Counts& before, const Counts& after) const {
    const auto count = [](const Counts& counts, const std::string& key) {
      const auto found = counts.find(key);
      return found == counts.end() ? 0 : found->second;
    };
    return std::any_of(consequences_.begin(), consequences_.end(), [&](const std::string& key) {
      return count(after, key) > count(before, key);
    });
  }

  [[nodiscard]] Judgement judge(const Drafts& drafts,
                                const std::vector<std::string>& targets) const {
    MemoryFileSystem edited;
    for (const auto& [path, draft] : drafts) edited.add(path, draft.text);
    const LayeredFileSystem layered(edited, files_);
    AuditOptions options = audit_;
    options.targets = targets;
    Judgement judgement{std::make_shared<const Report>(audit(layered, options)), {}, {}};
    for (const Finding& finding : judgement.report->findings) ++judgement.counts[key_of(finding)];
    for (const Incomplete& part : judgement.report->incomplete) judgement.broken.insert(part.path);
    return judgement;
  }

  /// What the user named, and what lies below it.
  [[nodiscard]] bool may_edit(const std::string& path) const {
    if (path == "-" || path.find('#') != std::string::npos) return false;
    return std::any_of(audit_.targets.begin(), audit_.targets.end(),
                       [&path](const std::string& target) {
                         return path::is_within(path, path::normalize(target));
                       });
  }

  [[nodiscard]] bool is_wanted(const Finding& finding) const {
    if (finding.suppressed) return false;
    if (consequences_.contains(key_of(finding))) return true;
    const std::vector<std::string>& only = options_.audit.only_rules;
    if (!only.empty()) return std::find(only.begin(), only.end(), finding.rule) != only.end();
    return finding.severity >= Severity::kLow || options_.audit.all_rules ||
           check::find_rule(finding.rule)->meta.enabled;
  }

  /// Why a finding's fix is not made; nothing when it is to be made.
  [[nodiscard]] std::optional<std::string> objection(const Finding& finding) const {
    if (!finding.fix) {
      if (!finding.unfixed.empty()) return finding.unfixed;
      return "there is no edit for it: " +
             std::string(check::find_rule(finding.rule)->meta.fix_note);
    }
    if (finding.file == nullptr && finding.fix->new_files.empty()) return "it has no place";
    if (finding.fix->safety == FixSafety::kUnsafe && !options_.unsafe) {
      return finding.fix->needs.empty()
                 ? "needs --unsafe: " + finding.fix->title
                 : "needs a value (--set " + std::string(finding.fix->needs) + "=…) or --unsafe";
    }
    const auto refused = refused_.find(finding.fingerprint);
    if (refused != refused_.end()) return refused->second;
    for (const Edit& edit : finding.fix->edits) {
      const SourceFile* file = edit.file == nullptr ? finding.file : edit.file;
      if (file == nullptr || !may_edit(file->path())) return "its file was not asked for";
      if (!is_clean(*file, edit)) return "its line is not UTF-8";
    }
    for (const NewFile& file : finding.fix->new_files) {
      if (!may_edit(file.path)) return "the new file would lie outside of what was asked for";
      if (files_.kind(file.path, false) || drafts_.contains(file.path)) return "the file is there";
    }
    return std::nullopt;
  }

  /// The fixes of this round: none contradicts another. The most severe first.
  [[nodiscard]] std::vector<Attempt> choose(const Report& report) const {
    std::vector<const Finding*> order;
    for (const Finding& finding : report.findings) {
      if (is_wanted(finding) && !objection(finding)) order.push_back(&finding);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
    std::vector<Attempt> attempts;
    Choice choice;
    for (const Finding* finding : order) {
      Attempt attempt = attempt_of(*finding);
      if (choice.take(attempt)) attempts.push_back(std::move(attempt));
    }
    return attempts;
  }

  /// Makes the attempts that hold, all at once when nothing is wrong with them, else the doubtful
  /// ones one by one.
  Judgement settle(const std::vector<Attempt>& attempts, const Judgement& before) {
    std::vector<const Attempt*> all;
    all.reserve(attempts.size());
    for (const Attempt& attempt : attempts) all.push_back(&attempt);
    auto drafts = made(drafts_, all, *before.report);
    Judgement after = judge(drafts, audit_.targets);
    const Suspects suspects = suspects_of(all, before, after);
    if (suspects.files.empty()) {
      drafts_ = std::move(drafts);
      return after;
    }
    std::vector<const Attempt*> accepted = weed_out(all, suspects, before);
    drafts = made(drafts_, accepted, *before.report);
    after = judge(drafts, audit_.targets);
    // What was judged file by file may still be wrong in the whole: then none of it.
    const Suspects rest = suspects_of(accepted, before, after);
    if (!rest.files.empty()) {
      const auto doubtful = [&](const Attempt* attempt) {
        if (!is_in(*attempt, rest.files)) return false;
        refused_.emplace(attempt->fingerprint,
                         "its fix was turned down: " + why(*attempt, before, after));
        return true;
      };
      accepted.erase(std::remove_if(accepted.begin(), accepted.end(), doubtful), accepted.end());
      drafts = made(drafts_, accepted, *before.report);
      after = judge(drafts, audit_.targets);
    }
    drafts_ = std::move(drafts);
    return after;
  }

  using Group = std::vector<const Attempt*>;
  using Groups = std::vector<Group>;  ///< the next one to try is the last

  /// Finds the attempts that do harm by halving: a group that holds is accepted whole, another one
  /// is parted. Groups of different files are tried together. Only the suspect files are judged
  /// meanwhile.
  Group weed_out(const Group& all, const Suspects& suspects, const Judgement& before) {
    Group accepted;
    std::map<std::string, Groups> waiting;  // by file
    const std::vector<std::string> targets(suspects.files.begin(), suspects.files.end());
    part(all, suspects, accepted, waiting);
    Judgement sure = judge(made(drafts_, accepted, *before.report), targets);
    Suspects wider = suspects_of(accepted, before, sure);
    if (!wider.files.empty()) {
      // A fix of one workload did it to another: then every fix of the file is in doubt.
      wider.subjects.clear();
      const Group rest = std::exchange(accepted, {});
      part(rest, wider, accepted, waiting);
      sure = judge(made(drafts_, accepted, *before.report), targets);
    }
    for (auto& [file, groups] : waiting) halve(groups);
    for (std::size_t trial = 0; !waiting.empty(); ++trial) {
      if (trial == trials_for(before.report->findings.size())) {
        give_up(waiting);
        break;
      }
      sure = try_groups(waiting, targets, before, std::move(sure), accepted);
    }
    return accepted;
  }

  /// Tries the next group of each file. @return the judgement of what is accepted then
  Judgement try_groups(std::map<std::string, Groups>& waiting,
                       const std::vector<std::string>& targets, const Judgement& before,
                       Judgement sure, Group& accepted) {
    Group tried = accepted;
    Group together;
    for (const auto& [file, groups] : waiting) {
      together.insert(together.end(), groups.back().begin(), groups.back().end());
    }
    tried.insert(tried.end(), together.begin(), together.end());
    Judgement trial = judge(made(drafts_, tried, *before.report), targets);
    const Suspects bad = suspects_of(together, sure, trial);
    for (auto at = waiting.begin(); at != waiting.end();) {
      Groups& groups = at->second;
      const Group& group = groups.back();
      const bool holds = std::none_of(group.begin(), group.end(), [&bad](const Attempt* each) {
        return is_in(*each, bad.files);
      });
      if (holds) {
        accepted.insert(accepted.end(), group.begin(), group.end());
        groups.pop_back();
      } else if (group.size() == 1) {
        refused_.emplace(group.front()->fingerprint,
                         "its fix was turned down: " + why(*group.front(), sure, trial));
        groups.pop_back();
      } else {
        halve(groups);
      }
      at = groups.empty() ? waiting.erase(at) : std::next(at);
    }
    if (bad.files.empty()) return trial;
    return judge(made(drafts_, accepted, *before.report), targets);
  }

  /// Two groups of the next one; the first half comes first.
  static void halve(Groups& groups) {
    if (groups.back().size() < 2) return;
    Group& whole = groups.back();
    const auto middle = whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2);
    Group first(whole.begin(), middle);
    whole.erase(whole.begin(), middle);
    groups.push_back(std::move(first));
  }

  void give_up(const std::map<std::string, Groups>& waiting) {
    for (const auto& [file, groups] : waiting) {
      for (const Group& group : groups) {
        for (const Attempt* attempt : group) {
          refused_.emplace(attempt->fingerprint, "too many fixes of this file are in doubt");
        }
      }
    }
  }

  /// Parts the attempts into those that are sure and those that have to be tried, by file.
  static void part(const Group& attempts, const Suspects& suspects, Group& sure,
                   std::map<std::string, Groups>& waiting) {
    for (const Attempt* attempt : attempts) {
      if (!is_doubtful(*attempt, suspects)) {
        sure.push_back(attempt);
        continue;
      }
      Groups& groups = waiting[attempt->home];
      if (groups.empty()) groups.emplace_back();
      groups.front().push_back(attempt);
    }
  }

  static bool is_in(const Attempt& attempt, const std::set<std::string>& files) {
    if (files.contains(attempt.home)) return true;
    return std::any_of(attempt.edits.begin(), attempt.edits.end(),
                       [&files](const auto& edits) { return files.contains(edits.first); });
  }

  /// In a suspect file only the fixes of the subjects in question are doubtful, when there are any.
  static bool is_doubtful(const Attempt& attempt, const Suspects& suspects) {
    if (!is_in(attempt, suspects.files)) return false;
    const auto subjects = suspects.subjects.find(attempt.home);
    return subjects == suspects.subjects.end() || subjects->second.contains(attempt.fix.subject);
  }

  /// What went wrong between two judgements. A new finding in a file that no attempt touches may
  /// come from any of them.
  Suspects suspects_of(const std::vector<const Attempt*>& attempts, const Judgement& before,
                       const Judgement& after) {
    std::map<std::string, std::set<std::string>> touched;  // with the subjects that are changed
    std::unordered_map<std::string, int> expected;
    for (const Attempt* attempt : attempts) {
      touched[attempt->home].insert(attempt->fix.subject);
      for (const auto& [path, edits] : attempt->edits) touched[path].insert(attempt->fix.subject);
      ++expected[attempt->key];
    }
    Suspects suspects;
    std::set<std::string> wholly;  // not only some subjects of it
    for (const std::string& path : after.broken) {
      if (before.broken.contains(path)) continue;
      suspects.files.insert(path);
      wholly.insert(path);
    }
    for (const auto& [key, count] : after.counts) {
      const auto old = before.counts.find(key);
      const int had = old == before.counts.end() ? 0 : old->second;
      const auto promised = expected.find(key);
      const int gone = promised == expected.end() ? 0 : promised->second;
      if (count <= had - gone) continue;
      if (gone == 0 && lenient_ && mends_itself(key, *after.report)) {
        consequences_.insert(key);
        continue;
      }
      if (is_revealed(attempts, key)) continue;
      const std::string path(path_of_key(key));
      const std::string subject = key.substr(key.rfind('\n') + 1);
      const auto changed = touched.find(path);
      if (changed == touched.end()) {
        for (const auto& [each, subjects] : touched) {
          suspects.files.insert(each);
          wholly.insert(each);
        }
      } else {
        suspects.files.insert(path);
        if (changed->second.contains(subject)) {
          suspects.subjects[path].insert(subject);
        } else {
          wholly.insert(path);
        }
      }
    }
    for (const std::string& path : wholly) suspects.subjects.erase(path);
    return suspects;
  }

  /// Whatever is found under this key has a safe fix, which the next round makes: a health check,
  /// once it is there, wants to be waited for.
  [[nodiscard]] bool mends_itself(const std::string& key, const Report& report) const {
    return std::all_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
      if (key_of(finding) != key) return true;
      return finding.fix && finding.fix->safety == FixSafety::kSafe && !objection(finding);
    });
  }

  static std::string why(const Attempt& attempt, const Judgement& before, const Judgement& after) {
    for (const std::string& path : after.broken) {
      if (!before.broken.contains(path)) return "'" + path + "' could not be read any more";
    }
    for (const auto& [key, count] : after.counts) {
      const auto old = before.counts.find(key);
      if (old != before.counts.end() && old->second >= count) continue;
      if (path_of_key(key) == attempt.home && !is_revealed({&attempt}, key)) {
        return "it would bring " + std::string(rule_of_key(key));
      }
    }
    return "the finding would stay";
  }

  void tell_left(const Report& report, FixPlan& plan) const {
    for (const Finding& finding : report.findings) {
      if (!is_wanted(finding)) continue;
      Unfixed left{
          .rule = finding.rule,
          .severity = finding.severity,
          .path = finding.file == nullptr ? std::string() : finding.file->path(),
          .line = finding.file == nullptr ? 0 : finding.file->position(finding.span.begin).line,
          .message = finding.alone.empty() ? finding.message : finding.alone,
          .reason = objection(finding).value_or("it contradicts other fixes")};
      if (finding.fix && !options_.unsafe && finding.fix->safety == FixSafety::kUnsafe) {
        left.needs_unsafe = true;
        left.needs = finding.fix->needs;
      }
      plan.left.push_back(std::move(left));
    }
  }

  void tell_files(FixPlan& plan) const {
    for (const auto& [path, draft] : drafts_) {
      if (!draft.is_new && draft.text == draft.original) continue;
      FileChange change{path, draft.original, draft.text, draft.is_new, {}};
      const SourceFile after(path, draft.text);
      for (const auto& [offset, fix] : draft.fixes) {
        change.fixes.push_back(fix);
        change.fixes.back().line = draft.is_new ? 0 : after.position(offset).line;
      }
      std::stable_sort(change.fixes.begin(), change.fixes.end(),
                       [](const AppliedFix& a, const AppliedFix& b) { return a.line < b.line; });
      plan.files.push_back(std::move(change));
    }
  }

  const FileSystem& files_;
  const FixOptions& options_;
  AuditOptions audit_;
  Drafts drafts_;
  std::unordered_map<std::string, std::string> refused_;  ///< by fingerprint: why
  std::unordered_set<std::string> consequences_;  ///< keys that came with a fix, to be mended
  bool lenient_ = true;                           ///< lets such keys come
};

}  // namespace

FixPlan plan_fixes(const FileSystem& files, const FixOptions& options) {
  return Fixer(files, options).run();
}

}  // namespace plimsoll::scan
