#include "report/sarif.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/ascii.h"
#include "core/escape.h"
#include "report/counts.h"
#include "report/facts_json.h"
#include "report/format.h"

// SARIF 2.1.0 as GitHub's code scanning takes it.
namespace plimsoll::report::formats {
namespace {

using Json = nlohmann::ordered_json;
using sarif::artifact;
using sarif::baseline_state;
using sarif::level;
using sarif::security_severity;

constexpr std::size_t kMaxResults = 25'000;  ///< GitHub refuses the file beyond

std::string shortened(std::string_view text) {
  return to_utf8(text.substr(0, sarif::kMaxDescription));
}

Json help(const RuleInfo& rule) {
  std::string markdown(rule.why);
  std::string text(rule.why);
  if (!rule.fix_note.empty()) {
    markdown += "\n\n**What to do.** " + std::string(rule.fix_note);
    text += "\n\nWhat to do: " + std::string(rule.fix_note);
  }
  for (const std::string_view source : ascii::split(rule.sources, ' ')) {
    if (!source.empty()) markdown += "\n\n<" + std::string(source) + ">";
  }
  return {{"text", text}, {"markdown", markdown}};
}

Json rule_json(const std::string& slug, const RuleInfo* rule, Severity severity) {
  if (rule == nullptr) {  // of another version of plimsoll
    return {{"id", slug},
            {"shortDescription", {{"text", slug}}},
            {"fullDescription", {{"text", slug}}},
            {"help", {{"text", slug}}},
            {"defaultConfiguration", {{"level", level(severity)}}}};
  }
  Json tags = Json::array({"security", std::string(id(rule->control))});
  Json properties{{"tags", std::move(tags)}, {"precision", "high"}};
  if (rule->severity == Severity::kInfo) {
    properties["tags"] = Json::array({"maintainability"});
    properties["problem.severity"] = "recommendation";
  } else {
    properties["security-severity"] = security_severity(rule->severity);
  }
  Json json{{"id", slug},
            {"name", slug},
            {"shortDescription", {{"text", shortened(rule->title)}}},
            {"fullDescription", {{"text", shortened(rule->why)}}},
            {"help", help(*rule)},
            {"defaultConfiguration", {{"level", level(rule->severity)}}},
            {"properties", std::move(properties)}};
  const std::string_view source = rule->sources.substr(0, rule->sources.find(' '));
  if (!source.empty()) json["helpUri"] = source;
  return json;
}

Json region_json(const Region& region) {
  Json json{{"startLine", std::max(region.line, 1U)}, {"startColumn", std::max(region.column, 1U)}};
  json["endLine"] = std::max(region.end_line, std::max(region.line, 1U));
  json["endColumn"] = std::max(region.end_column, 1U);
  return json;
}

/// GitHub wants a file and a line; what is about the whole repository goes to its first file.
Json location(const Document& document, const Entry& finding) {
  std::string path = finding.path.value_or("");
  if (path.empty()) {
    const Subject* subject = document.subject(finding.subject);
    if (subject != nullptr) path = subject->path;
  }
  Json json{{"physicalLocation",
             {{"artifactLocation", artifact(path.empty() ? "." : path)},
              {"region", region_json(finding.region)}}}};
  Json names = Json::array();
  if (!finding.subject.empty()) names.push_back({{"fullyQualifiedName", finding.subject}});
  for (const std::string& also : finding.also) names.push_back({{"fullyQualifiedName", also}});
  if (!names.empty()) json["logicalLocations"] = std::move(names);
  return json;
}

/// Edits of one file stand together.
Json fixes(const Entry& finding) {
  const std::string own = finding.path.value_or(".");
  Json changes = Json::array();
  const std::string* changed = nullptr;
  for (const TextEdit& edit : finding.fix->edits) {
    const std::string& path = edit.path.empty() ? own : edit.path;
    if (changed == nullptr || *changed != path) {
      changes.push_back({{"artifactLocation", artifact(path)}, {"replacements", Json::array()}});
      changed = &path;
    }
    changes.back()["replacements"].push_back(
        {{"deletedRegion", region_json(edit.region)}, {"insertedContent", {{"text", edit.text}}}});
  }
  return Json::array(
      {{{"description", {{"text", finding.fix->title}}}, {"artifactChanges", std::move(changes)}}});
}

Json suppression_json(const Suppression& suppression) {
  Json json{{"kind", "inSource"}, {"status", "accepted"}};
  if (!suppression.reason.empty()) json["justification"] = suppression.reason;
  return json;
}

Json result_json(const Document& document, const Entry& finding, std::size_t rule_index) {
  Json properties{{"severity", to_string(finding.severity)}, {"control", id(finding.control)}};
  Json facts = facts_json(finding.evidence);
  if (!facts.empty()) properties["evidence"] = std::move(facts);
  Json fingerprints{{"plimsoll/v1", finding.fingerprint}};
  if (finding.excerpt && !finding.excerpt->line_hash.empty()) {
    fingerprints["primaryLocationLineHash"] = finding.excerpt->line_hash;
  }
  Json json{{"ruleId", finding.rule},
            {"ruleIndex", rule_index},
            {"level", level(finding.severity)},
            {"message", {{"text", finding.message}}},
            {"locations", Json::array({location(document, finding)})},
            {"partialFingerprints", std::move(fingerprints)}};
  if (finding.fix && !finding.fix->edits.empty()) json["fixes"] = fixes(finding);
  if (finding.suppressed) {
    json["suppressions"] = Json::array({suppression_json(*finding.suppressed)});
  }
  const std::string_view state = baseline_state(finding.standing);
  if (!state.empty()) json["baselineState"] = state;
  json["properties"] = std::move(properties);
  return json;
}

Json notifications(const Document& document) {
  Json list = Json::array();
  for (const Incomplete& part : document.incomplete) {
    Json note{{"level", "error"}, {"message", {{"text", part.limit}}}};
    if (!part.path.empty()) {
      note["locations"] =
          Json::array({{{"physicalLocation", {{"artifactLocation", artifact(part.path)}}}}});
    }
    list.push_back(std::move(note));
  }
  // Not to know is not to be without fault.
  for (const UnjudgedPackages& each : document.unjudged) {
    if (each.is_of_system) continue;  // stands among what is incomplete
    const std::string text = to_utf8(plural(each.packages, "package") + " of " + each.ecosystem +
                                     " could not be judged: " + each.reason);
    list.push_back({{"level", "warning"}, {"message", {{"text", text}}}});
  }
  return list;
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  std::vector<std::string> slugs;
  std::vector<const Entry*> findings;
  for (const Entry& finding : document.findings) findings.push_back(&finding);
  for (const Entry& finding : document.fixed) findings.push_back(&finding);
  bool cut = findings.size() > kMaxResults;
  if (cut) findings.resize(kMaxResults);
  for (const Entry* finding : findings) slugs.push_back(finding->rule);
  std::sort(slugs.begin(), slugs.end());
  slugs.erase(std::unique(slugs.begin(), slugs.end()), slugs.end());

  Json results = Json::array();
  std::vector<Severity> worst(slugs.size(), Severity::kInfo);
  for (const Entry* finding : findings) {
    const auto slug = std::lower_bound(slugs.begin(), slugs.end(), finding->rule);
    const auto index = static_cast<std::size_t>(slug - slugs.begin());
    worst[index] = std::max(worst[index], finding->severity);
    results.push_back(result_json(document, *finding, index));
  }
  Json rules = Json::array();
  for (std::size_t i = 0; i < slugs.size(); ++i) {
    rules.push_back(rule_json(slugs[i], document.rule(slugs[i]), worst[i]));
  }
  sarif::Vulnerabilities vulnerabilities =
      sarif::vulnerabilities_of(document, slugs.size(), kMaxResults - findings.size());
  for (Json& rule : vulnerabilities.rules) rules.push_back(std::move(rule));
  for (Json& result : vulnerabilities.results) results.push_back(std::move(result));
  cut |= vulnerabilities.is_cut;
  Json notes = notifications(document);
  if (cut) {
    notes.push_back({{"level", "error"},
                     {"message", {{"text", "more than 25000 results: the rest is left out"}}}});
  }
  Json run{{"tool",
            {{"driver",
              {{"name", "plimsoll"},
               {"semanticVersion", document.version},
               {"rules", std::move(rules)}}}}},
           {"columnKind", "unicodeCodePoints"},
           {"originalUriBaseIds",
            {{"%SRCROOT%", {{"description", {{"text", "The folder plimsoll was started in."}}}}}}},
           {"automationDetails", {{"id", "plimsoll/"}}},
           {"invocations", Json::array({{{"executionSuccessful", document.complete() && !cut},
                                         {"toolExecutionNotifications", std::move(notes)}}})},
           {"results", std::move(results)}};
  if (!document.advisories_made.empty() && document.image) {
    run["properties"] = {{"imageName", to_utf8(document.image->reference)},
                         {"advisories", document.advisories_made}};
  }
  const Json json{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                  {"version", "2.1.0"},
                  {"runs", Json::array({std::move(run)})}};
  return json.dump(2) + '\n';
}

}  // namespace

const Format& sarif() {
  static constexpr Format kFormat{.name = "sarif",
                                  .title = "SARIF 2.1.0, for code scanning",
                                  .render = render,
                                  .needs_source = true,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
