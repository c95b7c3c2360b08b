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
#include "core/splice.h"
#include "core/utf8.h"

namespace plimsoll::scan {
namespace {

/// A fix may make room for the next; after so many rounds the rest is left.
constexpr int kRounds = 12;
/// Doubtful fixes that one file may have tried apart in a round: each costs a judgement of it.
constexpr std::size_t kTrials = 200;

/// What a finding is counted by: rule, file and subject. Messages and places change with the text.
std::string key_of(const Finding& finding) {
  std::string key(finding.rule);
  key += '\n';
  if (finding.file != nullptr) key += finding.file->path();
  key += '\n' + finding.subject;
  return key;
}

using Counts = std::unordered_map<std::string, int>;

std::string_view rule_of_key(std::string_view key) {
  return key.substr(0, key.find('\n'));
}

std::string_view path_of_key(std::string_view key) {
  const std::size_t begin = key.find('\n') + 1;
  return key.substr(begin, key.find('\n', begin) - begin);
}

/// One judgement of all files.
struct Judgement {
  Report report;
  Counts counts;
  std::set<std::string> broken;  ///< paths that were not read whole
};

/// The fix of one finding, free of the report it came from.
struct Attempt {
  AppliedFix fix;
  std::string key;
  std::string fingerprint;
  std::string home;                                ///< the finding's file
  std::string_view reveals;                        ///< Fix::reveals
  std::map<std::string, std::vector<Edit>> edits;  ///< by path
  std::vector<NewFile> new_files;
};

/// What a round may have spoilt.
struct Suspects {
  std::set<std::string> files;
  std::map<std::string, std::set<std::string>> subjects;  ///< of a file; absent: all of it
};

/// A file while it is being fixed.
struct Draft {
  std::string original;
  std::string text;
  bool is_new = false;
  std::vector<std::pair<std::uint32_t, AppliedFix>> fixes;  ///< with the offset of their first edit
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
    Judgement now = judge(drafts_, audit_.targets);
    const Counts original = now.counts;
    FixPlan plan;
    plan.before = now.report.score;
    plan.incomplete = now.report.incomplete;
    plan.findings_before = failing(now.report);
    plan.first = std::move(now.report);
    now = fix_all(judge(drafts_, audit_.targets));
    if (!consequences_.empty() && grew(original, now.counts)) {
      // What was to be mended in turn was not: without such fixes, then.
      lenient_ = false;
      drafts_.clear();
      consequences_.clear();
      now = fix_all(judge(drafts_, audit_.targets));
    }
    plan.after = now.report.score;
    plan.findings_after = failing(now.report);
    plan.refused = refused_.size();
    tell_left(now.report, plan);
    tell_files(plan);
    plan.last = std::move(now.report);
    return plan;
  }

 private:
  Judgement fix_all(Judgement now) {
    for (int round = 0; round < kRounds; ++round) {
      const std::vector<Attempt> attempts = choose(now.report);
      if (attempts.empty()) break;
      now = settle(attempts, std::move(now));
    }
    return now;
  }

  static bool grew(const Counts& before, const Counts& after) {
    return std::any_of(after.begin(), after.end(), [&before](const auto& entry) {
      const auto old = before.find(entry.first);
      return old == before.end() || old->second < entry.second;
    });
  }

  [[nodiscard]] Judgement judge(const std::map<std::string, Draft>& drafts,
                                const std::vector<std::string>& targets) const {
    MemoryFileSystem edited;
    for (const auto& [path, draft] : drafts) edited.add(path, draft.text);
    const LayeredFileSystem layered(edited, files_);
    AuditOptions options = audit_;
    options.targets = targets;
    Judgement judgement{audit(layered, options), {}, {}};
    for (const Finding& finding : judgement.report.findings) ++judgement.counts[key_of(finding)];
    for (const Incomplete& part : judgement.report.incomplete) judgement.broken.insert(part.path);
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

  [[nodiscard]] static Attempt attempt_of(const Finding& finding) {
    Attempt attempt{.fix = {.rule = finding.rule,
                            .severity = finding.severity,
                            .subject = finding.subject,
                            .message = finding.alone.empty() ? finding.message : finding.alone,
                            .title = finding.fix->title,
                            .advice = finding.fix->advice,
                            .safety = finding.fix->safety},
                    .key = key_of(finding),
                    .fingerprint = finding.fingerprint,
                    .home = finding.file == nullptr ? std::string() : finding.file->path(),
                    .reveals = finding.fix->reveals,
                    .edits = {},
                    .new_files = finding.fix->new_files};
    for (Edit edit : finding.fix->edits) {
      const std::string& path = (edit.file == nullptr ? finding.file : edit.file)->path();
      edit.file = nullptr;
      attempt.edits[path].push_back(std::move(edit));
    }
    return attempt;
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
    std::map<std::string, Splicer> splicers;
    std::set<std::string> created;
    for (const Finding* finding : order) {
      Attempt attempt = attempt_of(*finding);
      if (take(attempt, splicers, created)) attempts.push_back(std::move(attempt));
    }
    return attempts;
  }

  [[nodiscard]] static bool take(const Attempt& attempt, std::map<std::string, Splicer>& splicers,
                                 std::set<std::string>& created) {
    for (const NewFile& file : attempt.new_files) {
      if (created.contains(file.path)) return false;
    }
    // Of several files all or none: try on copies when there are several.
    if (attempt.edits.size() > 1) {
      for (const auto& [path, edits] : attempt.edits) {
        Splicer copy = splicers[path];
        if (!copy.take(edits)) return false;
      }
    }
    for (const auto& [path, edits] : attempt.edits) {
      if (!splicers[path].take(edits)) return false;
    }
    for (const NewFile& file : attempt.new_files) created.insert(file.path);
    return true;
  }

  /// The drafts with these attempts made.
  [[nodiscard]] std::map<std::string, Draft> drafts_with(
      const std::vector<const Attempt*>& attempts, const Report& report) const {
    std::map<std::string, Draft> drafts = drafts_;
    std::map<std::string, Splicer> splicers;
    std::set<std::string> created;
    for (const Attempt* attempt : attempts) {
      if (!take(*attempt, splicers, created)) continue;
      for (const NewFile& file : attempt->new_files) {
        drafts[file.path] =
            Draft{.original = {}, .text = file.text, .is_new = true, .fixes = {{0, attempt->fix}}};
      }
    }
    for (const auto& [path, splicer] : splicers) {
      if (splicer.empty()) continue;
      const SourceFile* source = source_of(report, path);
      if (source == nullptr) continue;
      const auto [at, fresh] = drafts.try_emplace(path);
      Draft& draft = at->second;
      if (fresh) draft.original = std::string(source->text());
      const std::vector<Edit> plain = splicer.plain();
      move_marks(draft, plain);
      for (const Attempt* attempt : attempts) mark(*attempt, path, plain, draft);
      draft.text = splice(source->text(), plain);
    }
    return drafts;
  }

  static const SourceFile* source_of(const Report& report, const std::string& path) {
    for (const auto& source : report.sources) {
      if (source->path() == path) return source.get();
    }
    return nullptr;
  }

  static std::uint32_t moved(std::uint32_t offset, const std::vector<Edit>& plain) {
    std::int64_t delta = 0;
    for (const Edit& edit : plain) {
      if (edit.span.end > offset || (edit.span.empty() && edit.span.begin == offset)) break;
      delta += static_cast<std::int64_t>(edit.text.size()) - edit.span.size();
    }
    return static_cast<std::uint32_t>(std::max<std::int64_t>(0, offset + delta));
  }

  static void move_marks(Draft& draft, const std::vector<Edit>& plain) {
    for (auto& [offset, fix] : draft.fixes) offset = moved(offset, plain);
  }

  /// Where an insertion begins in the text it was merged into: with the lines above it when it was
  /// the first to need them.
  static std::uint32_t begin_within(std::string_view merged, const Edit& edit) {
    std::string own = edit.text;
    std::size_t begin = merged.find(own);
    for (auto line = edit.under.rbegin(); line != edit.under.rend(); ++line) {
      own.insert(0, *line);
      const std::size_t with_line = merged.find(own);
      if (with_line == std::string_view::npos) break;
      begin = with_line;
    }
    if (begin == std::string_view::npos) return 0;
    const std::size_t text = merged.find_first_not_of("\r\n", begin);
    return static_cast<std::uint32_t>(text == std::string_view::npos ? begin : text);
  }

  /// Remembers where an attempt's first edit came to stand.
  static void mark(const Attempt& attempt, const std::string& path, const std::vector<Edit>& plain,
                   Draft& draft) {
    const auto own = attempt.edits.find(path);
    if (own == attempt.edits.end() || own->second.empty()) return;
    const Edit& first = own->second.front();
    std::uint32_t offset = moved(first.span.begin, plain);
    for (const Edit& edit : plain) {
      if (edit.span == first.span) offset += begin_within(edit.text, first);
    }
    draft.fixes.emplace_back(offset, attempt.fix);
  }

  /// Makes the attempts that hold, all at once when nothing is wrong with them, else the doubtful
  /// ones one by one.
  Judgement settle(const std::vector<Attempt>& attempts, Judgement before) {
    std::vector<const Attempt*> all;
    for (const Attempt& attempt : attempts) all.push_back(&attempt);
    auto drafts = drafts_with(all, before.report);
    Judgement after = judge(drafts, audit_.targets);
    const Suspects suspects = suspects_of(all, before, after);
    if (suspects.files.empty()) {
      drafts_ = std::move(drafts);
      return after;
    }
    std::vector<const Attempt*> accepted = weed_out(all, suspects, before);
    drafts = drafts_with(accepted, before.report);
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
      drafts = drafts_with(accepted, before.report);
      after = judge(drafts, audit_.targets);
    }
    drafts_ = std::move(drafts);
    return after;
  }

  /// Tries the doubtful attempts one by one, those of different files together. Only the suspect
  /// files are judged meanwhile.
  std::vector<const Attempt*> weed_out(const std::vector<const Attempt*>& all,
                                       const Suspects& suspects, const Judgement& before) {
    std::vector<const Attempt*> accepted;
    std::map<std::string, std::vector<const Attempt*>> waiting;
    for (const Attempt* attempt : all) {
      if (is_doubtful(*attempt, suspects)) {
        if (waiting[attempt->home].size() == kTrials) {
          refused_.emplace(attempt->fingerprint, "too many fixes of this file are in doubt");
        } else {
          waiting[attempt->home].push_back(attempt);
        }
      } else {
        accepted.push_back(attempt);
      }
    }
    const std::vector<std::string> targets(suspects.files.begin(), suspects.files.end());
    Judgement sure = judge(drafts_with(accepted, before.report), targets);
    while (!waiting.empty()) {
      std::vector<const Attempt*> tried = accepted;
      std::vector<const Attempt*> one_each;
      for (auto queue = waiting.begin(); queue != waiting.end();) {
        one_each.push_back(queue->second.front());
        queue->second.erase(queue->second.begin());
        queue = queue->second.empty() ? waiting.erase(queue) : std::next(queue);
      }
      tried.insert(tried.end(), one_each.begin(), one_each.end());
      Judgement trial = judge(drafts_with(tried, before.report), targets);
      const Suspects bad = suspects_of(one_each, sure, trial);
      for (const Attempt* attempt : one_each) {
        if (is_in(*attempt, bad.files)) {
          refused_.emplace(attempt->fingerprint,
                           "its fix was turned down: " + why(*attempt, sure, trial));
        } else {
          accepted.push_back(attempt);
        }
      }
      sure = bad.files.empty() ? std::move(trial)
                               : judge(drafts_with(accepted, before.report), targets);
    }
    return accepted;
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
      if (count <= had - gone || is_revealed(attempts, key)) continue;
      if (gone == 0 && lenient_ && mends_itself(key, after.report)) {
        consequences_.insert(key);
        continue;
      }
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
  std::map<std::string, Draft> drafts_;
  std::unordered_map<std::string, std::string> refused_;  ///< by fingerprint: why
  std::unordered_set<std::string> consequences_;  ///< keys that came with a fix, to be mended
  bool lenient_ = true;                           ///< lets such keys come
};

}  // namespace

FixPlan plan_fixes(const FileSystem& files, const FixOptions& options) {
  return Fixer(files, options).run();
}

}  // namespace plimsoll::scan
