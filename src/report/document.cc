#include "report/document.h"

#include <algorithm>
#include <map>

#include "core/escape.h"
#include "core/version.h"
#include "report/counts.h"
#include "report/excerpt.h"

namespace plimsoll::report {
namespace {

std::string text(std::string_view raw) {
  return to_utf8(raw);
}

Entry entry_of(const Finding& finding, Excerpts* excerpts) {
  Entry entry{.rule = std::string(finding.rule),
              .severity = finding.severity,
              .control = finding.control,
              .subject = text(finding.subject),
              .message = text(finding.message),
              .fingerprint = finding.fingerprint};
  if (finding.suppressed) {
    entry.suppressed = Suppression{text(finding.suppressed->by), text(finding.suppressed->reason),
                                   text(finding.suppressed->until)};
  }
  if (finding.file != nullptr) {
    entry.path = text(finding.file->path());
    entry.region = region_of(*finding.file, finding.span);
  } else if (!finding.path.empty()) {
    entry.path = text(finding.path);
    const std::uint32_t column = finding.line == 0 ? 0 : 1;
    entry.region = {finding.line, column, finding.line, column};
  }
  if (finding.fix) entry.fix = Remedy{text(finding.fix->title), finding.fix->safety, {}};
  for (const Fact& fact : finding.evidence)
    entry.evidence.push_back({text(fact.key), text(fact.value)});
  for (const std::string& id : finding.also) entry.also.push_back(text(id));
  if (excerpts != nullptr) {
    entry.excerpt = excerpts->around(finding);
    if (entry.fix) entry.fix->edits = excerpts->edits_of(finding);
  }
  return entry;
}

/// "plimsoll.yaml" of "plimsoll.yaml:3:5".
std::string_view file_of_place(std::string_view place) {
  for (int i = 0; i < 2; ++i) place = place.substr(0, place.rfind(':'));
  return place;
}

ScoreLine score_of(const Score& score) {
  ScoreLine line{.known = score.known,
                 .percent = score.percent,
                 .controls = {score.controls.begin(), score.controls.end()},
                 .subjects = score.subjects.size()};
  int unknown = 0;
  int all = 0;
  for (const SubjectScore& subject : score.subjects) {
    unknown += subject.unknown_weight;
    all += subject.unknown_weight + subject.passed_weight + subject.failed_weight;
  }
  if (all > 0) line.unknown_percent = unknown * 100 / all;
  return line;
}

}  // namespace

const RuleInfo* Document::rule(std::string_view slug) const {
  const auto found =
      std::lower_bound(rules.begin(), rules.end(), slug,
                       [](const RuleInfo* info, std::string_view s) { return info->slug < s; });
  return found != rules.end() && (*found)->slug == slug ? *found : nullptr;
}

const LockFile* Document::lock_file(std::string_view path) const {
  const auto found = std::lower_bound(
      lock_files.begin(), lock_files.end(), path,
      [](const LockFile& file, std::string_view wanted) { return file.path < wanted; });
  return found != lock_files.end() && found->path == path ? &*found : nullptr;
}

const Subject* Document::subject(std::string_view id) const {
  const auto found =
      std::lower_bound(subjects.begin(), subjects.end(), id,
                       [](const Subject& each, std::string_view s) { return each.id < s; });
  return found != subjects.end() && found->id == id ? &*found : nullptr;
}

std::vector<std::string> Document::left_out_lines() const {
  std::map<std::string_view, std::size_t> files;  // by the configuration file
  for (const LeftOut& part : left_out) {
    files[file_of_place(part.from)] += part.files;
  }
  std::vector<std::string> lines;
  for (const auto& [from, count] : files) {
    lines.push_back(plural(count, "file") + " left out by " + std::string(from));
  }
  return lines;
}

std::optional<std::size_t> layer_of(const Document& document, const Package& package) {
  if (!document.image || package.layer.empty()) return std::nullopt;
  const auto& layers = document.image->layers;
  const auto found = std::find_if(
      layers.begin(), layers.end(),
      [&package](const ImageSummary::Layer& layer) { return layer.diff_id == package.layer; });
  if (found == layers.end()) return std::nullopt;
  return static_cast<std::size_t>(found - layers.begin());
}

std::optional<bool> is_of_base(const Document& document, const Package& package) {
  const std::optional<std::size_t> layer = layer_of(document, package);
  if (!layer || !document.image->base || document.image->base->layers == 0) return std::nullopt;
  return *layer < document.image->base->layers;
}

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::kNone: return "";
    case Standing::kNew: return "new";
    case Standing::kKnown: return "known";
    case Standing::kFixed: return "fixed";
  }
  return "";
}

Standing parse_standing(std::string_view word) {
  for (const Standing each : {Standing::kNew, Standing::kKnown, Standing::kFixed}) {
    if (to_string(each) == word) return each;
  }
  return Standing::kNone;
}

void sort_rules(std::vector<const RuleInfo*>& rules) {
  std::sort(rules.begin(), rules.end(),
            [](const RuleInfo* a, const RuleInfo* b) { return a->slug < b->slug; });
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
}

bool has_source(const Document& document) {
  return std::any_of(document.findings.begin(), document.findings.end(),
                     [](const Entry& finding) { return finding.excerpt.has_value(); });
}

Document document_of(const Report& report, bool with_source) {
  Document document{.version = kVersion,
                    .hidden = report.hidden,
                    .score = score_of(report.score),
                    .rules = report.rules};
  for (const Incomplete& part : report.incomplete) {
    document.incomplete.push_back({text(part.stage), text(part.path), text(part.limit),
                                   text(part.value), part.rejected, part.environment});
  }
  for (const LeftOut& part : report.left_out) {
    document.left_out.push_back({text(part.from), text(part.pattern), part.files});
  }
  for (const Subject& subject : report.subjects) {
    document.subjects.push_back(
        {text(subject.id), text(subject.kind), text(subject.name), text(subject.path)});
  }
  Excerpts excerpts(report);
  document.findings.reserve(report.findings.size());
  for (const Finding& finding : report.findings) {
    document.findings.push_back(entry_of(finding, with_source ? &excerpts : nullptr));
  }
  return document;
}

}  // namespace plimsoll::report
