#include <algorithm>
#include <string>
#include <vector>

#include "core/escape.h"
#include "report/counts.h"
#include "report/format.h"

// Workflow commands: GitHub shows them beside the lines of a pull request.
// Source: docs.github.com, "Workflow commands for GitHub Actions"; escapes as
// actions/toolkit, packages/core/src/command.ts has them.
namespace plimsoll::report::formats {
namespace {

std::string_view command(Severity severity) {
  switch (severity) {
    case Severity::kCritical:
    case Severity::kHigh: return "error";
    case Severity::kMedium: return "warning";
    default: return "notice";
  }
}

/// A line end would start another command.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : escape_terminal(text, 2000)) {
    if (c == '%') {
      out += "%25";
    } else if (c == '\r') {
      out += "%0D";
    } else if (c == '\n') {
      out += "%0A";
    } else {
      out += c;
    }
  }
  return out;
}

std::string property(std::string_view text) {
  std::string out;
  for (const char c : escaped(text)) {
    if (c == ':') {
      out += "%3A";
    } else if (c == ',') {
      out += "%2C";
    } else {
      out += c;
    }
  }
  return out;
}

std::string annotation(const Document& document, const Entry& finding) {
  std::string line = "::" + std::string(command(finding.severity)) + ' ';
  if (finding.path) {
    const Region& at = finding.region;
    line += "file=" + property(*finding.path);
    if (at.line > 0) {
      line += ",line=" + std::to_string(at.line) + ",endLine=" + std::to_string(at.end_line);
      if (at.line == at.end_line) {  // GitHub ignores columns of several lines
        line += ",col=" + std::to_string(at.column) +
                ",endColumn=" + std::to_string(std::max(at.end_column, at.column));
      }
    }
    line += ',';
  }
  const RuleInfo* rule = document.rule(finding.rule);
  line += "title=" + property(rule == nullptr ? finding.rule : std::string(rule->title));
  return line + "::" + escaped(finding.message + " (" + finding.rule + ")") + '\n';
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  // GitHub shows ten errors and ten warnings of a step: the worst come first.
  std::vector<const Entry*> findings;
  for (const Entry& finding : document.findings) {
    if (counts(finding)) findings.push_back(&finding);
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Entry* a, const Entry* b) { return a->severity > b->severity; });
  std::string out;
  for (const Entry* finding : findings) out += annotation(document, *finding);
  for (const Incomplete& part : document.incomplete) {
    out += "::error ";
    if (!part.path.empty()) out += "file=" + property(part.path) + ',';
    out += "title=not judged::" + escaped(part.limit) + "\n";
  }
  return out;
}

}  // namespace

const Format& github() {
  static constexpr Format kFormat{"github", "annotations of a GitHub workflow", render};
  return kFormat;
}

}  // namespace plimsoll::report::formats
