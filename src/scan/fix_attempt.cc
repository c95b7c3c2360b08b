#include "scan/fix_attempt.h"

#include <algorithm>

namespace plimsoll::scan {
namespace {

const SourceFile* source_of(const Report& report, const std::string& path) {
  for (const auto& source : report.sources) {
    if (source->path() == path) return source.get();
  }
  return nullptr;
}

std::uint32_t moved(std::uint32_t offset, const std::vector<Edit>& plain) {
  std::int64_t delta = 0;
  for (const Edit& edit : plain) {
    if (edit.span.end > offset || (edit.span.empty() && edit.span.begin == offset)) break;
    delta += static_cast<std::int64_t>(edit.text.size()) - edit.span.size();
  }
  return static_cast<std::uint32_t>(std::max<std::int64_t>(0, offset + delta));
}

void move_marks(Draft& draft, const std::vector<Edit>& plain) {
  for (auto& [offset, fix] : draft.fixes) offset = moved(offset, plain);
}

/// Where an insertion begins in the text it was merged into: with the lines above it when it was
/// the first to need them.
std::uint32_t begin_within(std::string_view merged, const Edit& edit) {
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
void mark(const Attempt& attempt, const std::string& path, const std::vector<Edit>& plain,
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

}  // namespace

/// What a finding is counted by: rule, file and subject. Messages and places change with the text.
std::string key_of(const Finding& finding) {
  std::string key(finding.rule);
  key += '\n';
  if (finding.file != nullptr) key += finding.file->path();
  key += '\n' + finding.subject;
  return key;
}

std::string_view rule_of_key(std::string_view key) {
  return key.substr(0, key.find('\n'));
}

std::string_view path_of_key(std::string_view key) {
  const std::size_t begin = key.find('\n') + 1;
  return key.substr(begin, key.find('\n', begin) - begin);
}

Attempt attempt_of(const Finding& finding) {
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

bool Choice::take(const Attempt& attempt) {
  for (const NewFile& file : attempt.new_files) {
    if (created_.contains(file.path)) return false;
  }
  // Of several files all or none: try on copies when there are several.
  if (attempt.edits.size() > 1) {
    for (const auto& [path, edits] : attempt.edits) {
      Splicer copy = splicers_[path];
      if (!copy.take(edits)) return false;
    }
  }
  for (const auto& [path, edits] : attempt.edits) {
    if (!splicers_[path].take(edits)) return false;
  }
  for (const NewFile& file : attempt.new_files) created_.insert(file.path);
  return true;
}

/// The drafts with these attempts made.
Drafts made(Drafts drafts, const std::vector<const Attempt*>& attempts, const Report& report) {
  Choice choice;
  for (const Attempt* attempt : attempts) {
    if (!choice.take(*attempt)) continue;
    for (const NewFile& file : attempt->new_files) {
      drafts[file.path] =
          Draft{.original = {}, .text = file.text, .is_new = true, .fixes = {{0, attempt->fix}}};
    }
  }
  for (const auto& [path, splicer] : choice.splicers()) {
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

}  // namespace plimsoll::scan
