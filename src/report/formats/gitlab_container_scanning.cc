#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/ascii.h"
#include "core/date.h"
#include "core/escape.h"
#include "report/counts.h"
#include "report/format.h"
#include "report/markdown_text.h"
#include "report/upgrades.h"
#include "report/vulnerability_facts.h"

// GitLab's report of container scanning: the vulnerabilities of an image, for the security tab of a
// pipeline and the widget of a merge request. Its texts are Markdown.
// Source: gitlab.com/gitlab-org/security-products/security-report-schemas, 15.0.7.
namespace plimsoll::report::formats {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "15.0.7";
constexpr std::size_t kMaxName = 255;
constexpr std::size_t kMaxDescription = 100'000;
constexpr std::size_t kMaxIdentifiers = 20;  ///< GitLab refuses a vulnerability with more
constexpr std::size_t kMaxLinks = 50;

std::string_view severity_of(const std::optional<Severity>& severity) {
  if (!severity) return "Unknown";
  switch (*severity) {
    case Severity::kCritical: return "Critical";
    case Severity::kHigh: return "High";
    case Severity::kMedium: return "Medium";
    case Severity::kLow: return "Low";
    case Severity::kInfo: return "Info";
  }
  return "Unknown";
}

std::string or_unknown(std::string text) {
  return text.empty() ? std::string("unknown") : text;
}

/// GitLab recommends a UUID: the 32 digits of the fingerprint are one of its maker's own (RFC 9562,
/// version 8).
std::string uuid_of(std::string digits) {
  digits[12] = '8';
  digits[16] = "89ab"[static_cast<unsigned>(digits[16]) % 4];
  for (const std::size_t at : {8U, 13U, 18U, 23U}) digits.insert(at, 1, '-');
  return digits;
}

/// The first names it to GitLab.
Json identifiers_of(const Vulnerability& vulnerability) {
  Json list = Json::array();
  const auto add = [&list](std::string_view kind, const std::string& name, const std::string& value,
                           const std::string& address) {
    if (list.size() == kMaxIdentifiers || value.empty()) return;
    Json json{{"type", kind}, {"name", name}, {"value", value}};
    if (!address.empty()) json["url"] = address;
    list.push_back(std::move(json));
  };
  const auto add_name = [&add](const std::string& id) {
    const Publication publication = publication_of(id);
    add(publication.kind, to_utf8(id), to_utf8(id), publication.address);
  };
  add_name(or_unknown(vulnerability.id));
  for (const std::string& alias : vulnerability.aliases) {
    if (alias != vulnerability.id) add_name(alias);
  }
  for (const std::string& weakness : vulnerability.weaknesses) {
    if (const auto number = weakness_number(weakness)) {
      const std::string value = std::to_string(*number);
      add("cwe", "CWE-" + value, value,
          "https://cwe.mitre.org/data/definitions/" + value + ".html");
    }
  }
  return list;
}

/// Of the base metrics of CVSS 3 alone: the schema refuses a report with any other metric.
bool is_base_vector(std::string_view vector) {
  if (!vector.starts_with("CVSS:3.0/") && !vector.starts_with("CVSS:3.1/")) return false;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kMetrics = {
      {{"AV", "NALP"},
       {"AC", "LH"},
       {"PR", "NLH"},
       {"UI", "NR"},
       {"S", "UC"},
       {"C", "NLH"},
       {"I", "NLH"},
       {"A", "NLH"}}};
  const auto parts = ascii::split(vector.substr(9), '/');
  if (parts.size() != kMetrics.size()) return false;
  return std::all_of(parts.begin(), parts.end(), [&](std::string_view part) {
    return std::any_of(kMetrics.begin(), kMetrics.end(), [part](const auto& metric) {
      return part.size() == metric.first.size() + 2 && part.starts_with(metric.first) &&
             part[metric.first.size()] == ':' &&
             metric.second.find(part.back()) != std::string_view::npos;
    });
  });
}

Json location_of(const Document& document, const Package& package) {
  const bool has_image = document.image.has_value();
  return {{"dependency",
           {{"package", {{"name", to_utf8(package.name)}}}, {"version", to_utf8(package.version)}}},
          {"operating_system", or_unknown(to_utf8(has_image ? document.image->os : std::string()))},
          {"image", or_unknown(to_utf8(has_image ? document.image->reference : std::string()))}};
}

/// What the page of a vulnerability lists below its text.
Json details_of(const Vulnerability& vulnerability, const Package& package,
                const Document& document) {
  Json details = Json::object();
  const auto text = [&details](const char* key, const char* name, const std::string& value) {
    if (!value.empty()) {
      details[key] = {{"name", name}, {"type", "text"}, {"value", prose(value, 1000)}};
    }
  };
  details["priority"] = {
      {"name", "Priority, 0 to 100"}, {"type", "value"}, {"value", vulnerability.priority}};
  details["exploited"] = {{"name", "Known to be exploited (CISA KEV)"},
                          {"type", "value"},
                          {"value", vulnerability.is_exploited}};
  if (vulnerability.epss) {
    details["epss"] = {{"name", "EPSS"}, {"type", "value"}, {"value", *vulnerability.epss}};
  }
  text("fixed", "Fixed version", vulnerability.fixed);
  text("path", "File", package.path);
  text("layer", "Layer", package.layer);
  if (const auto layer = layer_of(document, package)) {
    text("instruction", "Instruction", document.image->layers[*layer].instruction);
    text("place", "Place", document.image->layers[*layer].place);
  }
  return details;
}

Json vulnerability_json(const Vulnerability& vulnerability, const Document& document) {
  const Package& package = document.packages[vulnerability.package];
  const std::string title = headline(vulnerability);
  const std::string name = vulnerability.id + (title.empty() ? "" : ": " + title);
  Json json{{"id", uuid_of(fingerprint_of(vulnerability, package))},
            {"name", escape_terminal(name, kMaxName - 1)}};
  const std::string_view details =
      vulnerability.details.empty() ? vulnerability.title : vulnerability.details;
  if (!details.empty()) {
    json["description"] = markdown_paragraphs(details, kMaxDescription);
  }
  json["severity"] = severity_of(vulnerability.severity);
  if (!vulnerability.upgrade.empty()) {
    json["solution"] = fmt::format("Upgrade {} from {} to {}", markdown_code(package.name),
                                   markdown_code(or_unknown(package.version)),
                                   markdown_code(vulnerability.upgrade));
  }
  json["identifiers"] = identifiers_of(vulnerability);
  if (is_base_vector(vulnerability.cvss_vector)) {
    json["cvss_vectors"] =
        Json::array({{{"vendor", "unknown"}, {"vector", vulnerability.cvss_vector}}});
  }
  Json links = Json::array();
  for (std::string& address : web_addresses(vulnerability)) {
    if (links.size() == kMaxLinks) break;
    links.push_back({{"url", std::move(address)}});
  }
  if (!links.empty()) json["links"] = std::move(links);
  json["details"] = details_of(vulnerability, package, document);
  json["location"] = location_of(document, package);
  return json;
}

Json messages_of(const Document& document) {
  Json list = Json::array();
  const auto add = [&list](const char* level, const std::string& text) {
    list.push_back({{"level", level}, {"value", prose(text, 1000)}});
  };
  for (const Incomplete& part : document.incomplete) {
    add("warn", (part.path.empty() ? "" : part.path + ": ") + part.limit);
  }
  for (const UnjudgedPackages& each : document.unjudged) {
    if (each.is_of_system) continue;  // stands among what is incomplete
    add("warn", plural(each.packages, "package") + " of " + each.ecosystem + ": " + each.reason);
  }
  if (const std::size_t suppressed = sum_of(document).suppressed; suppressed > 0) {
    add("info", vulnerabilities(suppressed) + " suppressed and not listed");
  }
  if (document.advisories_made.empty()) {
    add("warn", "no advisories were asked: this report says nothing of vulnerabilities");
  } else {
    add("info", "advisories of " + document.advisories_made);
  }
  if (!document.findings.empty()) {
    add("info", plural(document.findings.size(), "finding") +
                    " of rules have no place in this report; --format gitlab shows them");
  }
  return list;
}

/// The schema wants times. SOURCE_DATE_EPOCH says them, else the day that the advisories are of:
/// the same input gives the same report.
std::string time_of(const Document& document) {
  std::string time = source_date_time();
  if (time.empty()) time = start_of_day(document.advisories_made);
  if (time.empty()) time = "1970-01-01T00:00:00Z";
  time.pop_back();  // GitLab's form has no zone
  return time;
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  Json vulnerabilities = Json::array();
  for (const Vulnerability& each : document.vulnerabilities) {
    if (each.package >= document.packages.size() || each.suppressed) continue;
    vulnerabilities.push_back(vulnerability_json(each, document));
  }
  const Json tool{{"id", "plimsoll"},
                  {"name", "plimsoll"},
                  {"version", or_unknown(document.version)},
                  {"vendor", {{"name", "plimsoll"}}}};
  const std::string time = time_of(document);
  const Json json{{"version", kSchema},
                  {"scan",
                   {{"analyzer", tool},
                    {"scanner", tool},
                    {"type", "container_scanning"},
                    {"start_time", time},
                    {"end_time", time},
                    {"status", document.complete() ? "success" : "failure"},
                    {"messages", messages_of(document)}}},
                  {"vulnerabilities", std::move(vulnerabilities)}};
  return json.dump(2) + '\n';
}

}  // namespace

const Format& gitlab_container_scanning() {
  static constexpr Format kFormat{.name = "gitlab-container-scanning",
                                  .title = "vulnerabilities for GitLab's security tab",
                                  .render = render,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
