#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <vector>

#include "core/ascii.h"
#include "core/date.h"
#include "core/escape.h"
#include "report/format.h"
#include "report/trivy_target.h"
#include "report/trivy_vulnerability.h"
#include "report/vulnerability_facts.h"

// Trivy's JSON report, so that what reads that can read ours.
// Source: aquasecurity/trivy, pkg/types/report.go, and the reports in integration/testdata.
namespace plimsoll::report::formats {
namespace {

using Json = nlohmann::ordered_json;

/// A folder has one layer, of no name.
bool is_container(const ImageSummary& image) {
  return !image.digest.empty() ||
         std::any_of(image.layers.begin(), image.layers.end(),
                     [](const ImageSummary::Layer& layer) { return !layer.diff_id.empty(); });
}

/// "registry/app:1", but no file and no digest.
bool is_tag(std::string_view reference) {
  const std::size_t colon = reference.rfind(':');
  return colon != std::string_view::npos && reference.find('/', colon) == std::string_view::npos &&
         reference.find('@') == std::string_view::npos;
}

Json metadata_of(const Document& document) {
  Json json = Json::object();
  if (!document.image) return json;
  const ImageSummary& image = *document.image;
  if (image.size > 0) json["Size"] = image.size;
  if (const std::string family = trivy_family(document); !family.empty()) {
    json["OS"] = {{"Family", family}, {"Name", trivy_release(document)}};
  }
  if (!is_container(image)) return json;
  if (!image.digest.empty()) json["ImageID"] = to_utf8(image.digest);
  Json ids = Json::array();
  for (const ImageSummary::Layer& layer : image.layers) ids.push_back(to_utf8(layer.diff_id));
  json["DiffIDs"] = std::move(ids);
  if (is_tag(image.reference)) json["RepoTags"] = Json::array({to_utf8(image.reference)});
  return json;
}

/// Trivy's order: by package, then what is worst.
std::vector<const Vulnerability*> sorted(const Document& document) {
  std::vector<const Vulnerability*> list;
  for (const Vulnerability& each : document.vulnerabilities) {
    if (each.package < document.packages.size()) list.push_back(&each);
  }
  const auto rank = [&document](const Vulnerability* each) {
    const Package& package = document.packages[each->package];
    const int severity = each->severity ? static_cast<int>(*each->severity) : -1;
    return std::tuple(std::string_view(package.name), std::string_view(package.version), -severity,
                      std::string_view(each->id), std::string_view(package.path));
  };
  std::stable_sort(
      list.begin(), list.end(),
      [&rank](const Vulnerability* a, const Vulnerability* b) { return rank(a) < rank(b); });
  return list;
}

/// What is suppressed, and by whom.
Json modified_of(const Vulnerability& vulnerability, Json finding) {
  const Suppression& by = *vulnerability.suppressed;
  const std::string_view status = std::string_view(by.reason).substr(0, by.reason.find(':'));
  return {{"Type", "vulnerability"},
          {"Status", is_cleared_by_vex(vulnerability) ? status : "ignored"},
          {"Statement", to_utf8(by.reason)},
          {"Source", to_utf8(by.by)},
          {"Finding", std::move(finding)}};
}

struct Listed {
  Json packages = Json::array();
  Json vulnerabilities = Json::array();
  Json modified = Json::array();
};

void add_vulnerabilities(const Document& document, bool with_packages, Json& results) {
  std::map<TrivyTarget, Listed> by_target;
  for (const Package& package : document.packages) {
    if (!with_packages) break;
    TrivyTarget target = trivy_target_of(document, package);
    const bool has_paths = target.has_paths;
    by_target[std::move(target)].packages.push_back(trivy_package(package, document, has_paths));
  }
  for (const Package& package : document.packages) {
    // Of the distribution also when nothing is wrong with it: that it was judged is worth a line.
    if (is_of_system(package)) by_target.try_emplace(trivy_target_of(document, package));
  }
  for (const Vulnerability* each : sorted(document)) {
    TrivyTarget target = trivy_target_of(document, document.packages[each->package]);
    Json json = trivy_vulnerability(*each, document, target.has_paths);
    Listed& listed = by_target[std::move(target)];
    if (each->suppressed) {
      listed.modified.push_back(modified_of(*each, std::move(json)));
    } else {
      listed.vulnerabilities.push_back(std::move(json));
    }
  }
  for (const bool is_of_os : {true, false}) {
    for (auto& [target, listed] : by_target) {
      if (target.is_of_os != is_of_os) continue;
      Json json{{"Target", target.name}, {"Class", is_of_os ? "os-pkgs" : "lang-pkgs"}};
      if (!target.type.empty()) json["Type"] = target.type;
      if (!listed.packages.empty()) json["Packages"] = std::move(listed.packages);
      if (!listed.vulnerabilities.empty()) {
        json["Vulnerabilities"] = std::move(listed.vulnerabilities);
      }
      if (!listed.modified.empty()) {
        json["ExperimentalModifiedFindings"] = std::move(listed.modified);
      }
      results.push_back(std::move(json));
    }
  }
}

/// The value of a secret as it may be shown; nothing for what a rule found.
const std::string* secret_of(const Entry& finding) {
  const auto is = [](std::string_view key) {
    return [key](const Fact& fact) { return fact.key == key; };
  };
  const auto& facts = finding.evidence;
  if (std::none_of(facts.begin(), facts.end(), is("detector"))) return nullptr;
  const auto value = std::find_if(facts.begin(), facts.end(), is("value"));
  return value == facts.end() ? nullptr : &value->value;
}

Json secret_json(const Entry& finding, const std::string& shown) {
  return {{"RuleID", finding.rule},
          {"Category", "secret"},
          {"Severity", trivy_severity(finding.severity)},
          {"Title", finding.message},
          {"StartLine", finding.region.line},
          {"EndLine", finding.region.end_line},
          {"Match", shown}};
}

/// "DS-0002" of "hadolint:DL3002 trivy:DS-0002"; our own name where Trivy has no such check.
std::string check_id(const Entry& finding, const RuleInfo* rule) {
  for (const std::string_view alias :
       ascii::split(rule == nullptr ? std::string_view() : rule->aliases, ' ')) {
    if (alias.starts_with("trivy:")) return std::string(alias.substr(6));
  }
  return finding.rule;
}

Json misconfiguration_json(const Document& document, const Entry& finding) {
  const RuleInfo* rule = document.rule(finding.rule);
  Json json{{"ID", check_id(finding, rule)},
            {"Title", rule == nullptr ? std::string_view(finding.rule) : rule->title}};
  if (rule != nullptr) json["Description"] = rule->why;
  json["Message"] = finding.message;
  if (finding.fix) json["Resolution"] = finding.fix->title;
  json["Severity"] = trivy_severity(finding.severity);
  json["Status"] = "FAIL";
  json["CauseMetadata"] = Json::object();
  if (finding.region.line > 0) {
    json["CauseMetadata"] = {{"StartLine", finding.region.line},
                             {"EndLine", finding.region.end_line}};
  }
  return json;
}

/// Trivy has no place for what is about no file; its target is the repository then.
void add_findings(const Document& document, Json& results) {
  std::map<std::pair<std::string, bool>, Json> by_file;  // and whether they are secrets
  for (const Entry& finding : document.findings) {
    if (finding.suppressed) continue;
    const std::string* secret = secret_of(finding);
    Json& list = by_file[{finding.path.value_or("."), secret != nullptr}];
    list.push_back(secret == nullptr ? misconfiguration_json(document, finding)
                                     : secret_json(finding, *secret));
  }
  for (auto& [file, list] : by_file) {
    Json json{{"Target", file.first}, {"Class", file.second ? "secret" : "config"}};
    if (!file.second) {
      json["MisconfSummary"] = {{"Successes", 0}, {"Failures", list.size()}};
    }
    json[file.second ? "Secrets" : "Misconfigurations"] = std::move(list);
    results.push_back(std::move(json));
  }
}

std::string render(const Document& document, const Appearance& appearance) {
  const bool is_image = document.image && is_container(*document.image);
  Json json{{"SchemaVersion", 2}};
  if (const std::string made = source_date_time(); !made.empty()) json["CreatedAt"] = made;
  json["ArtifactName"] = document.image ? to_utf8(document.image->reference) : ".";
  json["ArtifactType"] = is_image ? "container_image" : "filesystem";
  json["Metadata"] = metadata_of(document);
  Json results = Json::array();
  add_vulnerabilities(document, appearance.list_packages, results);
  add_findings(document, results);
  json["Results"] = std::move(results);
  return json.dump(2) + '\n';
}

}  // namespace

const Format& trivy_json() {
  static constexpr Format kFormat{.name = "trivy-json",
                                  .title = "Trivy's JSON report, for what reads that",
                                  .render = render,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
