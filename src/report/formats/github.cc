#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/escape.h"
#include "report/counts.h"
#include "report/format.h"
#include "report/upgrades.h"
#include "report/vulnerability_facts.h"

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

/// What is exploited is an error whatever its severity; what has no severity may be a severe one.
Severity worst_of(const Upgrade& upgrade) {
  if (upgrade.is_exploited()) return Severity::kCritical;
  Severity worst = Severity::kInfo;
  for (const Vulnerability* each : upgrade.vulnerabilities) {
    worst = std::max(worst, each->severity.value_or(Severity::kMedium));
  }
  return worst;
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

/// GitHub shows few annotations of a step: one for all that an upgrade mends.
std::string annotation(const Document& document, const Upgrade& upgrade) {
  const Vulnerability& first = *upgrade.vulnerabilities.front();
  const VulnerabilityPlace place = place_of(document, document.packages[first.package]);
  std::string line = "::" + std::string(command(worst_of(upgrade))) + ' ';
  if (!place.path.empty()) {
    line += "file=" + property(place.path);
    if (place.line > 0) line += fmt::format(",line={0},endLine={0}", place.line);
    line += ',';
  }
  const std::string what =
      upgrade.version.empty() ? upgrade.name : upgrade.name + ' ' + upgrade.version;
  line += "title=" + property(upgrade.fixed.empty() ? "no fix for " + what
                                                    : "upgrade " + what + " to " + upgrade.fixed);
  constexpr std::size_t kNamed = 10;
  std::string names;
  for (std::size_t i = 0; i < upgrade.vulnerabilities.size() && i < kNamed; ++i) {
    const Vulnerability& each = *upgrade.vulnerabilities[i];
    names += (i == 0 ? "" : ", ") + each.id + (each.is_exploited ? " (exploited)" : "");
  }
  if (upgrade.vulnerabilities.size() > kNamed) {
    names += fmt::format(" and {} more", upgrade.vulnerabilities.size() - kNamed);
  }
  return line + "::" + escaped(counts_of(upgrade.vulnerabilities) + ": " + names) + '\n';
}

/// What has no fix comes last: nobody can act on it today.
void add_upgrades(const Document& document, std::string& out) {
  const std::vector<Upgrade> upgrades = upgrades_of(document);
  for (const bool has_fix : {true, false}) {
    for (const Upgrade& each : upgrades) {
      if (each.fixed.empty() != has_fix) out += annotation(document, each);
    }
  }
  for (const std::string& apart : faults_apart(document)) {
    out += "::notice title=not in what runs::" + escaped(apart) + '\n';
  }
  for (const UnjudgedPackages& each : document.unjudged) {
    if (each.is_of_system) continue;  // stands among what is incomplete
    out +=
        "::notice title=unknown::" +
        escaped(plural(each.packages, "package") + " of " + each.ecosystem + ": " + each.reason) +
        '\n';
  }
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
  add_upgrades(document, out);
  for (const Incomplete& part : document.incomplete) {
    out += "::error ";
    if (!part.path.empty()) out += "file=" + property(part.path) + ',';
    out += "title=not judged::" + escaped(part.limit) + "\n";
  }
  return out;
}

}  // namespace

const Format& github() {
  static constexpr Format kFormat{.name = "github",
                                  .title = "annotations of a GitHub workflow",
                                  .render = render,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
