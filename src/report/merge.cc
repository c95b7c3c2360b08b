#include "report/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_set>

#include "core/escape.h"
#include "report/counts.h"
#include "report/merge_packages.h"
#include "report/vulnerability_findings.h"

namespace plimsoll::report {
namespace {

/// What the score is a mean over: files and repositories have none of their own.
bool is_scored(const Subject& subject) {
  for (const std::string_view kind : {"file", "compose", "manifests", "project", "workflow"}) {
    if (subject.kind == kind) return false;
  }
  return true;
}

void add_controls(const ScoreLine& from, ScoreLine& into) {
  for (const ControlScore& control : from.controls) {
    const auto same =
        std::find_if(into.controls.begin(), into.controls.end(),
                     [&control](const ControlScore& c) { return c.control == control.control; });
    if (same == into.controls.end()) {
      into.controls.push_back(control);
      continue;
    }
    same->passed += control.passed;
    same->failed += control.failed;
    same->unknown += control.unknown;
  }
  for (ControlScore& control : into.controls) {
    control.status = control.failed > 0    ? Status::kFail
                     : control.unknown > 0 ? Status::kUnknown
                     : control.passed > 0  ? Status::kPass
                                           : Status::kNotApplicable;
  }
}

void set_percent(std::span<const NamedDocument> documents, ScoreLine& score) {
  std::size_t weight = 0;
  std::size_t sum = 0;
  for (const NamedDocument& each : documents) {
    if (!each.document.score.known) continue;
    const auto scored = static_cast<std::size_t>(
        std::count_if(each.document.subjects.begin(), each.document.subjects.end(), is_scored));
    weight += scored;
    sum += scored * static_cast<std::size_t>(each.document.score.percent);
  }
  score.known = weight > 0;
  if (weight > 0) score.percent = static_cast<int>(sum / weight);
  score.subjects = weight;
}

auto place(const Entry& finding) {
  return std::tuple(finding.path ? std::string_view(*finding.path) : std::string_view(),
                    finding.region.line, finding.region.column, std::string_view(finding.rule),
                    std::string_view(finding.fingerprint));
}

}  // namespace

Document merge(std::vector<NamedDocument> documents, const MergeOptions& options) {
  const ImagesOf images(documents);
  name_images_in_paths(images, documents);
  if (options.vulnerabilities_as_findings) {
    for (NamedDocument& each : documents) tell_vulnerabilities_as_findings(each.document);
  }
  Document merged;
  add_packages(documents, images, merged);
  std::unordered_set<std::string_view> fingerprints;
  std::set<std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>>
      parts;
  for (const NamedDocument& each : documents) {
    const Document& document = each.document;
    merged.version = document.version;
    for (const Incomplete& part : document.incomplete) {
      const auto text = std::tie(part.stage, part.path, part.limit, part.value);
      if (parts.insert(text).second) merged.incomplete.push_back(part);
    }
    merged.left_out.insert(merged.left_out.end(), document.left_out.begin(),
                           document.left_out.end());
    merged.subjects.insert(merged.subjects.end(), document.subjects.begin(),
                           document.subjects.end());
    merged.rules.insert(merged.rules.end(), document.rules.begin(), document.rules.end());
    merged.hidden += document.hidden;
    merged.has_baseline = merged.has_baseline || document.has_baseline;
    add_controls(document.score, merged.score);
    for (const Entry& finding : document.findings) {
      if (fingerprints.insert(finding.fingerprint).second) merged.findings.push_back(finding);
    }
  }
  for (const NamedDocument& each : documents) {
    for (const Entry& finding : each.document.fixed) {
      if (fingerprints.insert(finding.fingerprint).second) merged.fixed.push_back(finding);
    }
  }
  set_percent(documents, merged.score);
  sort_rules(merged.rules);
  std::stable_sort(merged.findings.begin(), merged.findings.end(),
                   [](const Entry& a, const Entry& b) { return place(a) < place(b); });
  std::stable_sort(merged.subjects.begin(), merged.subjects.end(),
                   [](const Subject& a, const Subject& b) { return a.id < b.id; });
  merged.subjects.erase(
      std::unique(merged.subjects.begin(), merged.subjects.end(),
                  [](const Subject& a, const Subject& b) { return a.id == b.id; }),
      merged.subjects.end());
  return merged;
}

std::size_t count_images(std::span<const NamedDocument> documents) {
  return ImagesOf(documents).size();
}

std::string trend_table(std::span<const NamedDocument> documents) {
  std::size_t width = 6;
  for (const NamedDocument& each : documents) {
    width = std::max(width, display_width(escape_terminal(each.name, 60)));
  }
  std::string out = fmt::format("{:<{}}  {:>7}  {:>8}  {:>8}  {:>8}  {:>8}  {:>8}\n", "report",
                                width, "score", "findings", "critical", "high", "medium", "low");
  for (const NamedDocument& each : documents) {
    const Counts sum = count(each.document);
    const std::string name = escape_terminal(each.name, 60);
    const ScoreLine& score = each.document.score;
    out += name + std::string(width - display_width(name), ' ');
    out +=
        fmt::format("  {:>7}  {:>8}  {:>8}  {:>8}  {:>8}  {:>8}{}\n",
                    score.known ? fmt::format("{} %", score.percent) : "-", sum.total,
                    sum.of(Severity::kCritical), sum.of(Severity::kHigh), sum.of(Severity::kMedium),
                    sum.of(Severity::kLow), each.document.complete() ? "" : "  incomplete");
  }
  return out;
}

}  // namespace plimsoll::report
