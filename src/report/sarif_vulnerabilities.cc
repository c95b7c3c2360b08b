#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/escape.h"
#include "report/markdown_text.h"
#include "report/sarif.h"
#include "report/vulnerability_facts.h"

// GitHub shows a rule's help beside each alert and orders alerts by `security-severity`, so a rule
// per vulnerability is what lets people filter by CVE and by severity.
namespace plimsoll::report::sarif {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxTags = 20;     ///< of a rule; GitHub takes no more
constexpr std::size_t kMaxRows = 50;     ///< of the table of packages
constexpr std::size_t kMaxHelp = 4'000;  ///< code points of the text below it

/// What has no word is shown as medium: low would hide it.
Severity severity_of(const Vulnerability& vulnerability) {
  return vulnerability.severity.value_or(Severity::kMedium);
}

Severity band_of(double score) {
  if (score > 9.0) return Severity::kCritical;
  if (score >= 7.0) return Severity::kHigh;
  return score >= 4.0 ? Severity::kMedium : Severity::kLow;
}

const Vulnerability& worst(const KnownVulnerability& known) {
  return **std::max_element(known.occurrences.begin(), known.occurrences.end(),
                            [](const Vulnerability* a, const Vulnerability* b) {
                              return severity_of(*a) < severity_of(*b);
                            });
}

/// The CVSS score where it says what the distribution says: a score of elsewhere must not outrank
/// the word of those who built the package.
std::string score_of(const Vulnerability& vulnerability) {
  const Severity severity = severity_of(vulnerability);
  if (vulnerability.cvss && *vulnerability.cvss > 0 && band_of(*vulnerability.cvss) == severity) {
    return fmt::format("{:.1f}", *vulnerability.cvss);
  }
  return std::string(security_severity(severity));
}

std::string or_unknown(const std::string& text) {
  return text.empty() ? "unknown" : text;
}

std::string title_of(const Vulnerability& vulnerability) {
  const std::string title = headline(vulnerability);
  const std::string id = escape_terminal(vulnerability.id);
  return title.empty() ? id : id + ": " + title;
}

Json tags_of(const KnownVulnerability& known) {
  std::vector<std::string> tags{"security", "vulnerability", to_utf8(known.first().id)};
  if (known.first().is_exploited) tags.emplace_back("exploited");
  for (const std::string& weakness : known.first().weaknesses) {
    if (const auto number = weakness_number(weakness)) {
      tags.push_back(to_utf8(weakness));
      tags.push_back(fmt::format("external/cwe/cwe-{:03}", *number));  // as GitHub's own queries
    }
  }
  for (const std::string& alias : known.first().aliases) tags.push_back(to_utf8(alias));
  Json list = Json::array();
  std::set<std::string_view> seen;
  for (const std::string& tag : tags) {
    if (list.size() < kMaxTags && seen.insert(tag).second) list.push_back(tag);
  }
  return list;
}

/// The packages as a table, then what it is, then where to read on.
Json help_of(const KnownVulnerability& known, const Document& document) {
  const Vulnerability& first = known.first();
  const std::string address = main_address(first);
  std::string text = "Vulnerability " + title_of(first) + '\n';
  std::string markdown = "**Vulnerability " + markdown_link(first.id, address) + "**\n\n";
  markdown += "| Severity | Package | Installed | Fixed | Upgrade to |\n|---|---|---|---|---|\n";
  for (std::size_t i = 0; i < known.occurrences.size() && i < kMaxRows; ++i) {
    const Vulnerability& each = *known.occurrences[i];
    const Package& package = document.packages[each.package];
    const std::string fixed = each.fixed.empty() ? "no fix is known" : each.fixed;
    const std::string upgrade = each.upgrade.empty() ? "-" : each.upgrade;
    const std::string_view severity = severity_word(each.severity);
    text +=
        escape_terminal(fmt::format("Severity: {}, package: {}, installed: {}, fixed: {}", severity,
                                    package.name, or_unknown(package.version), fixed)) +
        '\n';
    markdown += fmt::format("| {} | {} | {} | {} | {} |\n", severity, markdown_code(package.name),
                            markdown_code(or_unknown(package.version)), markdown_text(fixed),
                            markdown_text(upgrade));
  }
  if (known.occurrences.size() > kMaxRows) {
    const std::string more = fmt::format("and {} more\n", known.occurrences.size() - kMaxRows);
    text += more;
    markdown += '\n' + more;
  }
  if (first.is_exploited) {
    text += "Known to be exploited (CISA KEV)\n";
    markdown += "\n**Known to be exploited** (CISA KEV)\n";
  }
  const std::string_view details = first.details.empty() ? first.title : first.details;
  if (!details.empty()) {
    text += '\n' + prose(details, kMaxHelp) + '\n';
    markdown += '\n' + markdown_paragraphs(details, kMaxHelp) + '\n';
  }
  if (!address.empty()) text += "\nLink: " + address + '\n';
  return {{"text", std::move(text)}, {"markdown", std::move(markdown)}};
}

Json rule_of(const KnownVulnerability& known, const Document& document) {
  const Vulnerability& first = known.first();
  const Vulnerability& most = worst(known);
  const std::string_view details = first.details.empty() ? first.title : first.details;
  const std::string description =
      details.empty() ? title_of(first) : prose(details, kMaxDescription);
  Json json{{"id", to_utf8(first.id)},
            {"name", is_of_system(document.packages[first.package])
                         ? "OsPackageVulnerability"
                         : "LanguageSpecificPackageVulnerability"},
            {"shortDescription", {{"text", title_of(first)}}},
            {"fullDescription", {{"text", description}}},
            {"help", help_of(known, document)},
            {"defaultConfiguration", {{"level", level(severity_of(most))}}},
            {"properties",
             {{"tags", tags_of(known)},
              {"precision", "very-high"},
              {"security-severity", score_of(most)}}}};
  if (std::string address = main_address(first); !address.empty()) {
    json["helpUri"] = std::move(address);
  }
  return json;
}

Json physical(const std::string& path, std::uint32_t line) {
  const std::uint32_t shown = std::max(line, 1U);
  return {
      {"artifactLocation", artifact(path.empty() ? "." : path)},
      {"region", {{"startLine", shown}, {"startColumn", 1}, {"endLine", shown}, {"endColumn", 1}}}};
}

std::string name_of(const Package& package) {
  std::string name = package.name;
  if (!package.version.empty()) name += '@' + package.version;
  return escape_terminal(name);
}

Json location_of(const Package& package, const VulnerabilityPlace& place) {
  Json names = Json::array(
      {{{"name", to_utf8(package.name)},
        {"fullyQualifiedName", package.purl.empty() ? name_of(package) : to_utf8(package.purl)},
        {"kind", "package"}}});
  if (!package.layer.empty()) {
    names.push_back({{"fullyQualifiedName", to_utf8(package.layer)}, {"kind", "layer"}});
  }
  return {{"physicalLocation", physical(place.path, place.line)},
          {"message", {{"text", escape_terminal(place.path) + ": " + name_of(package)}}},
          {"logicalLocations", std::move(names)}};
}

std::string message_of(const Vulnerability& vulnerability, const Package& package) {
  std::string text = escape_terminal(package.name);
  if (!package.version.empty()) text += ' ' + escape_terminal(package.version);
  text += " has " + title_of(vulnerability);
  if (vulnerability.is_exploited) text += "; known to be exploited";
  const std::string advice = upgrade_advice(vulnerability, package);
  return text + "; " + (advice.empty() ? "no fix is known" : advice);
}

Json properties_of(const Vulnerability& vulnerability, const Package& package,
                   const Document& document) {
  Json json{{"severity", severity_word(vulnerability.severity)},
            {"priority", vulnerability.priority},
            {"kev", vulnerability.is_exploited}};
  const auto add = [&json](const char* key, const std::string& text) {
    if (!text.empty()) json[key] = to_utf8(text);
  };
  if (vulnerability.epss) json["epss"] = *vulnerability.epss;
  if (vulnerability.cvss) json["cvss"] = *vulnerability.cvss;
  add("cvss_vector", vulnerability.cvss_vector);
  add("tier", vulnerability.tier);
  add("status", vulnerability.status);
  add("package", package.name);
  add("installed", package.version);
  add("fixed", vulnerability.fixed);
  add("upgrade", vulnerability.upgrade);
  add("layer", package.layer);
  if (const auto layer = layer_of(document, package)) {
    add("instruction", prose(document.image->layers[*layer].instruction, 400));
  }
  Json reasons = Json::array();
  for (const std::string& reason : vulnerability.reasons) reasons.push_back(to_utf8(reason));
  json["reasons"] = std::move(reasons);
  return json;
}

Json result_of(const Vulnerability& vulnerability, const Document& document,
               std::size_t rule_index) {
  const Package& package = document.packages[vulnerability.package];
  const VulnerabilityPlace place = place_of(document, package);
  const std::string fingerprint = fingerprint_of(vulnerability, package);
  Json fingerprints{{"plimsoll/v1", fingerprint}};
  // Where lines mean nothing, GitHub would take all packages of one file for the same place.
  if (place.line == 0) fingerprints["primaryLocationLineHash"] = fingerprint + ":1";
  Json json{{"ruleId", to_utf8(vulnerability.id)},
            {"ruleIndex", rule_index},
            {"level", level(severity_of(vulnerability))},
            {"message", {{"text", message_of(vulnerability, package)}}},
            {"locations", Json::array({location_of(package, place)})},
            {"partialFingerprints", std::move(fingerprints)}};
  if (place.is_instruction && !package.path.empty()) {
    json["relatedLocations"] = Json::array(
        {{{"id", 1},
          {"physicalLocation", physical(to_utf8(package.path), package.line)},
          {"message", {{"text", "the file of the image that names " + name_of(package)}}}}});
  }
  if (vulnerability.suppressed) {
    const Suppression& by = *vulnerability.suppressed;
    std::string why = by.by + (by.reason.empty() ? "" : ": " + by.reason);
    if (!by.until.empty()) why += " (until " + by.until + ')';
    json["suppressions"] = Json::array({{{"kind", "external"},
                                         {"status", "accepted"},
                                         {"justification", prose(why, kMaxDescription)}}});
  }
  const std::string_view state = baseline_state(vulnerability.standing);
  if (!state.empty()) json["baselineState"] = state;
  json["properties"] = properties_of(vulnerability, package, document);
  return json;
}

}  // namespace

Vulnerabilities vulnerabilities_of(const Document& document, std::size_t first_rule,
                                   std::size_t max_results) {
  Vulnerabilities all;
  for (const KnownVulnerability& known : known_vulnerabilities(document)) {
    if (all.results.size() == max_results) {
      all.is_cut = true;
      break;
    }
    for (const Vulnerability* each : known.occurrences) {
      if (all.results.size() == max_results) {
        all.is_cut = true;
        break;
      }
      all.results.push_back(result_of(*each, document, first_rule + all.rules.size()));
    }
    all.rules.push_back(rule_of(known, document));
  }
  return all;
}

}  // namespace plimsoll::report::sarif
