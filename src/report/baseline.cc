#include "report/baseline.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/ascii.h"
#include "report/json_fields.h"
#include "report/vulnerability_facts.h"
#include "report/vulnerability_findings.h"

namespace plimsoll::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "plimsoll/baseline@1";

std::optional<Entry> entry_of(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  Entry entry{.rule = fields::text(json, "rule"),
              .message = fields::text(json, "message"),
              .fingerprint = fields::text(json, "fingerprint"),
              .standing = Standing::kFixed};
  if (entry.rule.empty() || entry.fingerprint.empty()) return std::nullopt;
  if (const auto severity = parse_severity(fields::text(json, "severity")))
    entry.severity = *severity;
  for (const ControlInfo& info : controls()) {
    if (info.id == fields::text(json, "control")) entry.control = info.control;
  }
  if (std::string path = fields::text(json, "path"); !path.empty()) entry.path = std::move(path);
  return entry;
}

}  // namespace

Result<Baseline> read_baseline(std::string_view text, std::string path) {
  Baseline baseline;
  std::uint32_t number = 0;
  const auto wrong = [&](std::string what) {
    Error error;
    error.message = std::move(what);
    error.path = path;
    error.position = {number, 1};
    error.has_position = true;
    return tl::unexpected<Error>(std::move(error));
  };
  for (std::string_view line : ascii::split(text, '\n')) {
    ++number;
    line = ascii::trim(line);
    if (line.empty()) continue;
    const Json json = Json::parse(line, nullptr, false);
    if (json.is_discarded()) return wrong("not a line of JSON");
    if (number == 1) {
      if (!json.is_object() || fields::text(json, "schema") != kSchema) {
        return wrong("no baseline: the first line must be {\"schema\":\"" + std::string(kSchema) +
                     "\"}");
      }
      continue;
    }
    std::optional<Entry> entry = entry_of(json);
    if (!entry) return wrong("a finding needs 'rule' and 'fingerprint'");
    baseline.findings.push_back(std::move(*entry));
  }
  if (number == 0 || text.empty()) return wrong("no baseline: the file is empty");
  return baseline;
}

std::string write_baseline(const Document& document) {
  const Baseline baseline = baseline_of(document);
  std::vector<const Entry*> findings;
  for (const Entry& finding : baseline.findings) findings.push_back(&finding);
  const auto key = [](const Entry* finding) {
    return std::tuple(std::string_view(finding->path ? *finding->path : std::string_view{}),
                      std::string_view(finding->rule), std::string_view(finding->fingerprint));
  };
  std::sort(findings.begin(), findings.end(),
            [&key](const Entry* a, const Entry* b) { return key(a) < key(b); });
  std::string out = Json{{"schema", kSchema}}.dump() + '\n';
  for (const Entry* finding : findings) {
    out += Json{{"path", finding->path.value_or("")},       {"rule", finding->rule},
                {"severity", to_string(finding->severity)}, {"control", id(finding->control)},
                {"fingerprint", finding->fingerprint},      {"message", finding->message}}
               .dump() +
           '\n';
  }
  return out;
}

Baseline baseline_of(const Document& document) {
  Baseline baseline;
  for (const Entry& finding : document.findings) {
    if (finding.suppressed) continue;
    baseline.findings.push_back(finding);
  }
  for (const Vulnerability& each : document.vulnerabilities) {
    if (each.suppressed || each.package >= document.packages.size()) continue;
    baseline.findings.push_back(finding_of(document, each));
  }
  for (Entry& finding : baseline.findings) finding.standing = Standing::kFixed;
  return baseline;
}

void compare(const Baseline& baseline, Document& document) {
  document.has_baseline = true;
  document.fixed.clear();  // of another one that the report was saved with
  std::unordered_map<std::string_view, bool> found;
  for (const Entry& finding : baseline.findings) found.emplace(finding.fingerprint, false);
  for (Entry& finding : document.findings) {
    const auto known = found.find(finding.fingerprint);
    finding.standing = known == found.end() ? Standing::kNew : Standing::kKnown;
    if (known != found.end()) known->second = true;
  }
  for (Vulnerability& each : document.vulnerabilities) {
    if (each.package >= document.packages.size()) continue;
    const auto known = found.find(fingerprint_of(each, document.packages[each.package]));
    each.standing = known == found.end() ? Standing::kNew : Standing::kKnown;
    if (known != found.end()) known->second = true;
  }
  if (!document.complete()) return;
  // Of what nobody looked for nobody can say that it is fixed.
  const bool saw_vulnerabilities =
      !document.advisories_made.empty() && document.matches_left_out == 0;
  for (const Entry& finding : baseline.findings) {
    if (finding.rule == kKnownVulnerability && !saw_vulnerabilities) continue;
    if (!found[finding.fingerprint]) document.fixed.push_back(finding);
  }
}

}  // namespace plimsoll::report
