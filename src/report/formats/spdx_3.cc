#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/ascii.h"
#include "core/escape.h"
#include "report/format.h"
#include "report/spdx.h"

// SPDX 3.0.1 as JSON-LD: elements that refer to each other.
// Source: https://spdx.github.io/spdx-spec/v3.0.1/
namespace plimsoll::report::formats {
namespace {

using Json = nlohmann::ordered_json;

class Graph {
 public:
  explicit Graph(const Document& document) : sbom_(sbom_of(document)), version_(document.version) {}

  std::string render() {
    add_creation();
    Json roots = Json::array();
    Json parts = Json::array();
    if (sbom_.image != nullptr) roots.push_back(add_image());
    if (!sbom_.os_name.empty()) parts.push_back(add_os());
    for (const SbomComponent& each : sbom_.components) parts.push_back(add_package(each));
    add_licenses();
    if (sbom_.image != nullptr && !parts.empty()) {
      add_relationship("contains", roots.front().get<std::string>(), parts);
    }
    if (roots.empty()) roots = parts;
    add_document(std::move(roots));
    const Json json{{"@context", "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"},
                    {"@graph", std::move(graph_)}};
    return json.dump(2) + '\n';
  }

 private:
  [[nodiscard]] std::string id(std::string_view name) const {
    return spdx::space_of(sbom_) + '#' + std::string(name);
  }

  Json& add(std::string_view type, const std::string& own_id) {
    graph_.push_back({{"type", type}, {"spdxId", own_id}, {"creationInfo", "_:creation"}});
    return graph_.back();
  }

  void add_creation() {
    Json creation{{"type", "CreationInfo"},     {"@id", "_:creation"},
                  {"specVersion", "3.0.1"},     {"created", spdx::time_of(sbom_)},
                  {"createdBy", {id("agent")}}, {"createdUsing", {id("tool")}}};
    if (!sbom_.complete) creation["comment"] = spdx::kIncomplete;
    graph_.push_back(std::move(creation));
    add("SoftwareAgent", id("agent"))["name"] = "plimsoll";
    add("Tool", id("tool"))["name"] = "plimsoll-" + version_;
  }

  std::string add_image() {
    const ImageSummary& image = *sbom_.image;
    std::string own_id = id("image");
    Json& json = add("software_Package", own_id);
    json["name"] = to_utf8(image.reference);
    if (!image.digest.empty()) json["software_packageVersion"] = to_utf8(image.digest);
    if (const SbomDigest digest = sbom_digest(image.digest); !digest.value.empty()) {
      json["verifiedUsing"] = Json::array(
          {{{"type", "Hash"}, {"algorithm", digest.algorithm}, {"hashValue", digest.value}}});
    }
    json["software_primaryPurpose"] = "container";
    return own_id;
  }

  std::string add_os() {
    std::string own_id = id("operating-system");
    Json& json = add("software_Package", own_id);
    json["name"] = sbom_.os_name;
    if (!sbom_.os_version.empty()) json["software_packageVersion"] = sbom_.os_version;
    if (!sbom_.image->os_title.empty()) json["summary"] = to_utf8(sbom_.image->os_title);
    json["software_primaryPurpose"] = "operatingSystem";
    return own_id;
  }

  std::string add_package(const SbomComponent& component) {
    const Package& package = *component.package;
    std::string own_id = id("package-" + sbom_hash(component.ref));
    Json& json = add("software_Package", own_id);
    json["name"] = to_utf8(package.name);
    if (!package.version.empty()) json["software_packageVersion"] = to_utf8(package.version);
    if (!package.purl.empty()) json["software_packageUrl"] = to_utf8(package.purl);
    if (std::string origin = sbom_origin(package); !origin.empty()) {
      json["software_sourceInfo"] = std::move(origin);
    }
    json["software_primaryPurpose"] = component.is_application ? "application" : "library";
    for (const SbomLicense& license : component.licenses) licenses_[key(license)].insert(own_id);
    return own_id;
  }

  using LicenseKey = std::pair<std::string, bool>;  ///< its text; SPDX has no name for it
  static LicenseKey key(const SbomLicense& license) {
    return {license.text, license.kind == SbomLicense::Kind::kNamed};
  }

  /// Each once, and who declares it.
  void add_licenses() {
    for (const auto& [license, packages] : licenses_) {
      const auto& [text, is_named] = license;
      const std::string own_id = id((is_named ? "license-text-" : "license-") + sbom_hash(text));
      if (is_named) {
        add("simplelicensing_SimpleLicensingText", own_id)["simplelicensing_licenseText"] = text;
      } else {
        add("simplelicensing_LicenseExpression", own_id)["simplelicensing_licenseExpression"] =
            text;
      }
      for (const std::string& package : packages) {
        add_relationship("hasDeclaredLicense", package, Json::array({own_id}));
      }
    }
  }

  void add_relationship(std::string_view type, const std::string& from, Json to) {
    Json& json = add("Relationship", id("relationship-" + std::to_string(++relationships_)));
    json["relationshipType"] = type;
    json["from"] = from;
    json["to"] = std::move(to);
    if (type == "contains" && !sbom_.complete) json["completeness"] = "incomplete";
  }

  void add_document(Json roots) {
    Json elements = Json::array();
    for (const Json& each : graph_) {
      if (each.contains("spdxId")) elements.push_back(each["spdxId"]);
    }
    Json& sbom = add("software_Sbom", id("sbom"));
    sbom["profileConformance"] = {"core", "software", "simpleLicensing"};
    sbom["rootElement"] = std::move(roots);
    sbom["element"] = elements;
    sbom["software_sbomType"] = {"analyzed"};
    elements.push_back(id("sbom"));
    Json& document = add("SpdxDocument", id("document"));
    document["profileConformance"] = {"core", "software", "simpleLicensing"};
    document["rootElement"] = {id("sbom")};
    document["element"] = std::move(elements);
  }

  Sbom sbom_;
  std::string version_;
  Json graph_ = Json::array();
  std::map<LicenseKey, std::set<std::string>> licenses_;
  std::size_t relationships_ = 0;
};

std::string render(const Document& document, const Appearance& /*appearance*/) {
  return Graph(document).render();
}

}  // namespace

const Format& spdx_3() {
  static constexpr Format kFormat{.name = "spdx-3",
                                  .title = "the packages as SPDX 3.0.1 in JSON-LD",
                                  .render = render,
                                  .lists_packages = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
