#include "report/cyclonedx_vulnerabilities.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/ascii.h"
#include "core/escape.h"

namespace plimsoll::report::cyclonedx {
namespace {

constexpr std::size_t kMaxDetail = 20'000;  ///< code points

/// The word of a VEX document → CycloneDX's. What has no word there is left to the detail.
/// Source: the labels of OpenVEX 0.2.0 and the schema's `impactAnalysisJustification`.
struct Justification {
  std::string_view from;
  std::string_view to;
};
constexpr std::array kJustifications = {
    Justification{"component_not_present", "code_not_present"},
    Justification{"vulnerable_code_not_present", "code_not_present"},
    Justification{"vulnerable_code_not_in_execute_path", "code_not_reachable"},
    Justification{"inline_mitigations_already_exist", "protected_by_mitigating_control"},
    Justification{"code_not_present", "code_not_present"},
    Justification{"code_not_reachable", "code_not_reachable"},
    Justification{"requires_configuration", "requires_configuration"},
    Justification{"requires_dependency", "requires_dependency"},
    Justification{"requires_environment", "requires_environment"},
    Justification{"protected_by_compiler", "protected_by_compiler"},
    Justification{"protected_at_runtime", "protected_at_runtime"},
    Justification{"protected_at_perimeter", "protected_at_perimeter"},
    Justification{"protected_by_mitigating_control", "protected_by_mitigating_control"},
};

std::string_view method_of(std::string_view vector) {
  if (vector.starts_with("CVSS:4")) return "CVSSv4";
  if (vector.starts_with("CVSS:3.1")) return "CVSSv31";
  if (vector.starts_with("CVSS:3")) return "CVSSv3";
  return vector.starts_with("AV:") ? "CVSSv2" : "other";
}

/// A distribution's word and the CVSS score that somebody else computed are two ratings.
std::vector<Rating> ratings_of(const Vulnerability& vulnerability) {
  std::vector<Rating> ratings;
  const std::string severity(severity_word(vulnerability.severity));
  const bool is_of_score = vulnerability.severity_source.starts_with("CVSS");
  if (!is_of_score && vulnerability.severity) {
    ratings.push_back({.source = to_utf8(vulnerability.severity_source),
                       .address = {},
                       .score = std::nullopt,
                       .severity = severity,
                       .method = "other",
                       .vector = {}});
  }
  if (vulnerability.cvss) {
    ratings.push_back({.source = {},
                       .address = {},
                       .score = vulnerability.cvss,
                       .severity = is_of_score ? severity : std::string(),
                       .method = method_of(vulnerability.cvss_vector),
                       .vector = to_utf8(vulnerability.cvss_vector)});
  }
  if (ratings.empty()) {
    ratings.push_back({.source = {},
                       .address = {},
                       .score = std::nullopt,
                       .severity = severity,
                       .method = {},
                       .vector = {}});
  }
  if (vulnerability.epss) {
    ratings.push_back({.source = "EPSS",
                       .address = "https://www.first.org/epss/",
                       .score = vulnerability.epss,
                       .severity = {},
                       .method = "other",
                       .vector = {}});
  }
  return ratings;
}

std::string text_of(const Suppression& suppression) {
  std::string text = suppression.by;
  if (!suppression.reason.empty()) text += ": " + suppression.reason;
  if (!suppression.until.empty()) text += " (until " + suppression.until + ')';
  return prose(text, kMaxDetail);
}

/// What a VEX document says begins with its status and its justification.
Analysis analysis_of(const Suppression& suppression) {
  Analysis analysis{.state = {}, .justification = {}, .detail = text_of(suppression)};
  std::string_view reason = suppression.reason;
  const std::string_view status = reason.substr(0, reason.find(':'));
  if (status == "fixed") analysis.state = "resolved";
  if (status != "not_affected") return analysis;
  analysis.state = "not_affected";
  reason.remove_prefix(std::min(status.size() + 1, reason.size()));
  const std::string_view word = ascii::trim(reason.substr(0, reason.find(':')));
  for (const Justification& each : kJustifications) {
    if (each.from == word) analysis.justification = each.to;
  }
  return analysis;
}

/// Of what is not affected in all its packages; another word in one of them says nothing of the
/// whole.
std::optional<Analysis> analysis_of(const KnownVulnerability& known) {
  if (!known.is_suppressed()) return std::nullopt;
  Analysis analysis = analysis_of(*known.first().suppressed);
  for (const Vulnerability* each : known.occurrences) {
    const Analysis other = analysis_of(*each->suppressed);
    if (other.state != analysis.state) analysis.state = {};
    if (other.justification != analysis.justification) analysis.justification = {};
  }
  if (analysis.state.empty()) analysis.justification = {};
  return analysis;
}

std::string_view status_of(const Vulnerability& vulnerability) {
  if (!vulnerability.suppressed) return "affected";
  return analysis_of(*vulnerability.suppressed).state.empty() ? "affected" : "unaffected";
}

Properties properties_of(const KnownVulnerability& known, const Document& document,
                         const Sbom& sbom) {
  Properties properties;
  std::set<std::pair<std::string_view, std::string>> seen;
  const auto add = [&](std::string_view name, std::string value) {
    if (value.empty() || !seen.emplace(name, value).second) return;
    properties.emplace_back(name, std::move(value));
  };
  const Vulnerability& first = known.first();
  add("plimsoll:kev", first.is_exploited ? "true" : "false");
  if (first.epss_percentile) {
    add("plimsoll:epss-percentile", fmt::format("{:.4f}", *first.epss_percentile));
  }
  for (const Vulnerability* each : known.occurrences) {
    add("plimsoll:priority", fmt::format("{:.1f}", each->priority));
    add("plimsoll:tier", each->tier);
    add("plimsoll:status", each->status);
    add("plimsoll:note", each->note);
    for (const std::string& reason : each->reasons) add("plimsoll:reason", reason);
    const Package& package = document.packages[each->package];
    if (!each->fixed.empty()) {
      add("plimsoll:fixed", package.name + ' ' + package.version + ": " + each->fixed);
    }
    if (each->suppressed) {
      add("plimsoll:suppressed",
          sbom.components[each->package].ref + ": " + text_of(*each->suppressed));
    }
  }
  return properties;
}

std::string recommendation_of(const KnownVulnerability& known, const Document& document) {
  std::set<std::string> seen;
  std::string text;
  for (const Vulnerability* each : known.occurrences) {
    std::string advice = upgrade_advice(*each, document.packages[each->package]);
    if (advice.empty()) continue;
    advice.front() = ascii::to_upper(advice.front());
    if (seen.insert(advice).second) text += (text.empty() ? "" : "\n") + advice;
  }
  return text;
}

Entry entry_of(const KnownVulnerability& known, const Document& document, const Sbom& sbom) {
  const Vulnerability& first = known.first();
  Entry entry{.id = to_utf8(first.id),
              .source = publication_of(first.id),
              .references = {},
              .ratings = ratings_of(first),
              .cwes = {},
              .description = headline(first),
              .detail = prose(first.details, kMaxDetail),
              .recommendation = recommendation_of(known, document),
              .advisories = web_addresses(first),
              .published = start_of_day(first.published),
              .updated = start_of_day(first.modified),
              .analysis = analysis_of(known),
              .affects = {},
              .properties = properties_of(known, document, sbom)};
  std::set<std::string> names{entry.id};
  for (const Vulnerability* each : known.occurrences) {
    for (const std::string& alias : each->aliases) {
      std::string name = to_utf8(alias);
      if (!names.insert(name).second) continue;
      entry.references.emplace_back(std::move(name), publication_of(alias));
    }
    entry.affects.push_back({.ref = sbom.components[each->package].ref,
                             .version = to_utf8(document.packages[each->package].version),
                             .status = status_of(*each)});
  }
  for (const std::string& weakness : first.weaknesses) {
    if (const auto number = weakness_number(weakness)) entry.cwes.push_back(*number);
  }
  return entry;
}

}  // namespace

std::optional<std::vector<Entry>> entries_of(const Document& document, const Sbom& sbom) {
  if (document.advisories_made.empty()) return std::nullopt;
  std::vector<Entry> entries;
  for (const KnownVulnerability& each : known_vulnerabilities(document)) {
    entries.push_back(entry_of(each, document, sbom));
  }
  return entries;
}

}  // namespace plimsoll::report::cyclonedx
