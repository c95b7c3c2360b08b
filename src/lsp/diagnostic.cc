#include "lsp/diagnostic.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "core/ascii.h"
#include "core/escape.h"

namespace plimsoll::lsp {
namespace {

// DiagnosticSeverity and DiagnosticTag of the protocol.
constexpr int kError = 1;
constexpr int kWarning = 2;
constexpr int kInformation = 3;
constexpr int kHint = 4;
constexpr int kUnnecessary = 1;
constexpr int kDeprecated = 2;

constexpr std::array<std::string_view, 7> kDeprecatedRules{"api-deprecated",
                                                           "apt-key-deprecated",
                                                           "compose-version-obsolete",
                                                           "legacy-key-value",
                                                           "maintainer-deprecated",
                                                           "pod-security-policy-removed",
                                                           "service-account-field-deprecated"};
/// Editors fade what these point at: it could go without anything else changing.
constexpr std::array<std::string_view, 4> kUnnecessaryRules{
    "environment-variable-repeated", "platform-redundant", "stage-unused", "useless-command-run"};

int severity_of(Severity severity) {
  switch (severity) {
    case Severity::kCritical:
    case Severity::kHigh: return kError;
    case Severity::kMedium: return kWarning;
    case Severity::kLow: return kInformation;
    case Severity::kInfo: return kHint;
  }
  return kHint;
}

template <class Slugs>
bool is_one_of(std::string_view slug, const Slugs& slugs) {
  return std::find(slugs.begin(), slugs.end(), slug) != slugs.end();
}

/// "line 3: …" begins what has a place. 0-based.
std::optional<std::uint32_t> line_of(std::string_view text) {
  constexpr std::string_view kPrefix = "line ";
  if (!text.starts_with(kPrefix)) return std::nullopt;
  const std::string_view digits =
      text.substr(kPrefix.size(), text.find(':') - std::min(text.find(':'), kPrefix.size()));
  if (digits.empty() || digits.size() > 9 || !ascii::is_number(digits)) return std::nullopt;
  std::uint32_t line = 0;
  for (const char digit : digits) line = line * 10 + static_cast<std::uint32_t>(digit - '0');
  return line == 0 ? 0 : line - 1;
}

/// What is refused as a whole because it is none of our forms is no news in an editor.
bool is_news(const Incomplete& part, std::string_view path) {
  if (part.path != path) return false;
  return part.stage == "limit" || !part.rejected || line_of(part.limit).has_value();
}

Json to_diagnostic(const Incomplete& part, const TextIndex& index) {
  const std::uint32_t line = line_of(part.limit).value_or(0);
  constexpr auto kEnd = static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max());
  const Range range{{line, 0}, index.position(index.offset({line, kEnd}))};
  return {{"range", to_json(range)},
          {"severity", part.rejected ? kError : kInformation},
          {"source", "plimsoll"},
          {"code", "incomplete"},
          {"message", to_utf8("not wholly judged: " + part.limit)}};
}

}  // namespace

std::vector<const Finding*> shown_in(const Report& report, std::string_view path) {
  std::vector<const Finding*> shown;
  for (const Finding& finding : report.findings) {
    const bool here = finding.file != nullptr && finding.file->path() == path;
    if (here && !finding.suppressed && report.rule(finding.rule) != nullptr) {
      shown.push_back(&finding);
    }
  }
  return shown;
}

Range range_of(const Finding& finding, const TextIndex& index) {
  Span span = finding.span;
  if (finding.absence && finding.file != nullptr) {
    const Span line = finding.file->line_span(finding.file->line_index(span.begin));
    span.end = std::max(span.begin, std::min(span.end, line.end));
  }
  return index.range(span);
}

Json to_diagnostic(const Finding& finding, const RuleInfo& rule, const TextIndex& index) {
  Json diagnostic{{"range", to_json(range_of(finding, index))},
                  {"severity", severity_of(finding.severity)},
                  {"source", "plimsoll"},
                  {"code", finding.rule},
                  {"message", to_utf8(finding.message)},
                  {"data", {{"fingerprint", finding.fingerprint}}}};
  const std::string_view source = ascii::split(rule.sources, ' ').front();
  if (!source.empty()) diagnostic["codeDescription"] = {{"href", source}};
  if (is_one_of(finding.rule, kDeprecatedRules)) diagnostic["tags"] = {kDeprecated};
  if (is_one_of(finding.rule, kUnnecessaryRules)) diagnostic["tags"] = {kUnnecessary};
  return diagnostic;
}

Json diagnostics_of(const Report& report, std::string_view path, const TextIndex& index) {
  Json diagnostics = Json::array();
  for (const Finding* finding : shown_in(report, path)) {
    diagnostics.push_back(to_diagnostic(*finding, *report.rule(finding->rule), index));
  }
  for (const Incomplete& part : report.incomplete) {
    if (is_news(part, path)) diagnostics.push_back(to_diagnostic(part, index));
  }
  return diagnostics;
}

}  // namespace plimsoll::lsp
