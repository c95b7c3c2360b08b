#include "report/cyclonedx.h"

#include <nlohmann/json.hpp>

#include "core/escape.h"
#include "report/counts.h"
#include "report/cyclonedx_vulnerabilities.h"

namespace plimsoll::report::cyclonedx {
namespace {

using Json = nlohmann::ordered_json;

bool is_of_distribution(const Package& package) {
  for (const std::string_view type : {"pkg:deb/", "pkg:apk/", "pkg:rpm/"}) {
    if (package.purl.starts_with(type)) return true;
  }
  return false;
}

/// Trivy knows the advisories of a distribution by the source package, which it reads here only.
void add_source(const Package& package, Properties& properties) {
  const std::string& name = package.source_name.empty() ? package.name : package.source_name;
  std::string_view version =
      package.source_version.empty() ? package.version : package.source_version;
  properties.emplace_back("aquasecurity:trivy:SrcName", name);
  const std::size_t colon = version.find(':');
  const bool has_epoch = colon != std::string_view::npos;
  const std::string epoch(version.substr(0, has_epoch ? colon : 0));
  if (has_epoch) version.remove_prefix(colon + 1);
  const std::size_t dash =
      package.purl.starts_with("pkg:apk/") ? std::string_view::npos : version.rfind('-');
  properties.emplace_back("aquasecurity:trivy:SrcVersion", version.substr(0, dash));
  if (dash != std::string_view::npos) {
    properties.emplace_back("aquasecurity:trivy:SrcRelease", version.substr(dash + 1));
  }
  if (!epoch.empty()) properties.emplace_back("aquasecurity:trivy:SrcEpoch", epoch);
}

Json json_of(const Properties& properties) {
  Json list = Json::array();
  for (const auto& [name, value] : properties) {
    list.push_back({{"name", name}, {"value", to_utf8(value)}});
  }
  return list;
}

Json licenses_json(const std::vector<SbomLicense>& licenses) {
  if (is_one_expression(licenses)) {
    return Json::array({Json{{"expression", licenses.front().text}}});
  }
  Json list = Json::array();
  for (const SbomLicense& each : licenses) {
    const char* key = each.kind == SbomLicense::Kind::kListed ? "id" : "name";
    list.push_back({{"license", {{key, each.text}}}});
  }
  return list;
}

Json component_json(const SbomComponent& component) {
  const Package& package = *component.package;
  Json json{{"bom-ref", component.ref},
            {"type", component.is_application ? "application" : "library"},
            {"name", to_utf8(package.name)}};
  if (!package.version.empty()) json["version"] = to_utf8(package.version);
  if (package.dev) json["scope"] = "excluded";
  if (!component.licenses.empty()) json["licenses"] = licenses_json(component.licenses);
  if (!package.purl.empty()) json["purl"] = to_utf8(package.purl);
  if (Properties properties = properties_of(package); !properties.empty()) {
    json["properties"] = json_of(properties);
  }
  return json;
}

Json os_json(const Sbom& sbom) {
  Json json{{"bom-ref", os_ref(sbom)}, {"type", "operating-system"}, {"name", sbom.os_name}};
  if (!sbom.os_version.empty()) json["version"] = sbom.os_version;
  if (!sbom.image->os_title.empty()) json["description"] = to_utf8(sbom.image->os_title);
  return json;
}

Json image_json(const ImageSummary& image) {
  Json json{
      {"bom-ref", image_ref(image)}, {"type", "container"}, {"name", to_utf8(image.reference)}};
  if (!image.digest.empty()) json["version"] = to_utf8(image.digest);
  const SbomDigest digest = sbom_digest(image.digest);
  if (!hash_name(digest).empty()) {
    json["hashes"] = Json::array({{{"alg", hash_name(digest)}, {"content", digest.value}}});
  }
  if (Properties properties = properties_of(image); !properties.empty()) {
    json["properties"] = json_of(properties);
  }
  return json;
}

Json metadata_json(const Document& document, const Sbom& sbom) {
  Json json = Json::object();
  if (!sbom.made.empty()) json["timestamp"] = sbom.made;
  json["tools"] = {{"components", Json::array({{{"type", "application"},
                                                {"name", "plimsoll"},
                                                {"version", document.version}}})}};
  if (sbom.image != nullptr) json["component"] = image_json(*sbom.image);
  if (Properties properties = properties_of(document); !properties.empty()) {
    json["properties"] = json_of(properties);
  }
  return json;
}

Json source_json(std::string_view name, const std::string& address) {
  Json json{{"name", name}};
  if (!address.empty()) json["url"] = address;
  return json;
}

Json rating_json(const Rating& rating) {
  Json json = Json::object();
  if (!rating.source.empty()) json["source"] = source_json(rating.source, rating.address);
  if (rating.score) json["score"] = *rating.score;
  if (!rating.severity.empty()) json["severity"] = rating.severity;
  if (!rating.method.empty()) json["method"] = rating.method;
  if (!rating.vector.empty()) json["vector"] = rating.vector;
  return json;
}

Json analysis_json(const Analysis& analysis) {
  Json json = Json::object();
  if (!analysis.state.empty()) json["state"] = analysis.state;
  if (!analysis.justification.empty()) json["justification"] = analysis.justification;
  json["detail"] = analysis.detail;
  return json;
}

Json affected_json(const Affected& affected) {
  Json json{{"ref", affected.ref}};
  if (!affected.version.empty()) {
    json["versions"] = Json::array({{{"version", affected.version}, {"status", affected.status}}});
  }
  return json;
}

Json vulnerability_json(const Entry& entry) {
  Json json{{"id", entry.id}, {"source", source_json(entry.source.name, entry.source.address)}};
  const auto list = [&json](const char* key, const auto& all, auto json_of_one) {
    if (all.empty()) return;
    Json items = Json::array();
    for (const auto& each : all) items.push_back(json_of_one(each));
    json[key] = std::move(items);
  };
  const auto text = [&json](const char* key, const std::string& value) {
    if (!value.empty()) json[key] = value;
  };
  list("references", entry.references, [](const auto& each) {
    return Json{{"id", each.first}, {"source", source_json(each.second.name, each.second.address)}};
  });
  list("ratings", entry.ratings, rating_json);
  list("cwes", entry.cwes, [](unsigned number) { return Json(number); });
  text("description", entry.description);
  text("detail", entry.detail);
  text("recommendation", entry.recommendation);
  list("advisories", entry.advisories, [](const std::string& address) {
    return Json{{"url", address}};
  });
  text("published", entry.published);
  text("updated", entry.updated);
  if (entry.analysis) json["analysis"] = analysis_json(*entry.analysis);
  list("affects", entry.affects, affected_json);
  json["properties"] = json_of(entry.properties);
  return json;
}

}  // namespace

Properties properties_of(const ImageSummary& image) {
  Properties properties;
  const auto add = [&properties](std::string_view name, const std::string& value) {
    if (!value.empty()) properties.emplace_back(name, value);
  };
  add("plimsoll:platform", image.platform);
  add("plimsoll:created", image.created);
  if (image.base) add("plimsoll:base", image.base->name);
  for (const ImageSummary::Layer& layer : image.layers) add("plimsoll:layer", layer.diff_id);
  return properties;
}

Properties properties_of(const Package& package) {
  Properties properties;
  if (!package.path.empty()) properties.emplace_back("plimsoll:path", package.path);
  if (!package.layer.empty()) properties.emplace_back("plimsoll:layer", package.layer);
  if (package.purl.empty()) properties.emplace_back("plimsoll:ecosystem", package.ecosystem);
  if (!package.module_label.empty()) {
    properties.emplace_back("aquasecurity:trivy:Modularitylabel", package.module_label);
  }
  if (is_of_distribution(package)) add_source(package, properties);
  return properties;
}

Properties properties_of(const Document& document) {
  Properties properties;
  if (document.advisories_made.empty()) return properties;
  properties.emplace_back("plimsoll:advisories", document.advisories_made);
  for (const UnjudgedPackages& each : document.unjudged) {
    properties.emplace_back("plimsoll:unjudged", plural(each.packages, "package") + " of " +
                                                     each.ecosystem + ": " + each.reason);
  }
  return properties;
}

std::string image_ref(const ImageSummary& image) {
  return "image:" + to_utf8(image.digest.empty() ? image.reference : image.digest);
}

std::string os_ref(const Sbom& sbom) {
  return sbom.os_name.empty() ? std::string() : "os:" + sbom.os_name + '@' + sbom.os_version;
}

bool is_one_expression(const std::vector<SbomLicense>& licenses) {
  return licenses.size() == 1 && licenses.front().kind == SbomLicense::Kind::kExpression;
}

std::string_view hash_name(const SbomDigest& digest) {
  if (digest.algorithm == "sha256") return "SHA-256";
  return digest.algorithm == "sha512" ? "SHA-512" : "";
}

std::string to_json(const Document& document, std::string_view version) {
  const Sbom sbom = sbom_of(document);
  Json components = Json::array();
  Json needs = Json::array();
  if (const std::string ref = os_ref(sbom); !ref.empty()) {
    components.push_back(os_json(sbom));
    needs.push_back(ref);
  }
  for (const SbomComponent& each : sbom.components) {
    components.push_back(component_json(each));
    needs.push_back(each.ref);
  }
  Json json{{"$schema", "http://cyclonedx.org/schema/bom-" + std::string(version) + ".schema.json"},
            {"bomFormat", "CycloneDX"},
            {"specVersion", version},
            {"serialNumber", "urn:uuid:" + sbom.uuid},
            {"version", 1},
            {"metadata", metadata_json(document, sbom)},
            {"components", std::move(components)}};
  if (sbom.image != nullptr) {
    json["dependencies"] =
        Json::array({{{"ref", image_ref(*sbom.image)}, {"dependsOn", std::move(needs)}}});
  }
  if (!sbom.complete) json["compositions"] = Json::array({{{"aggregate", "incomplete"}}});
  if (const auto entries = entries_of(document, sbom)) {
    Json list = Json::array();
    for (const Entry& each : *entries) list.push_back(vulnerability_json(each));
    json["vulnerabilities"] = std::move(list);
  }
  return json.dump(2) + '\n';
}

}  // namespace plimsoll::report::cyclonedx
