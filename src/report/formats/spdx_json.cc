#include <nlohmann/json.hpp>
#include <string>

#include "core/ascii.h"
#include "core/spdx_license.h"
#include "report/format.h"
#include "report/spdx.h"

// Source: https://spdx.github.io/spdx-spec/v2.3/ and the schema beside it.
namespace plimsoll::report::formats {
namespace {

using Json = nlohmann::ordered_json;
using spdx::SpdxPackage;

Json package_json(const SpdxPackage& package) {
  std::string purpose = package.purpose;
  for (char& c : purpose) c = c == '-' ? '_' : c;
  Json json{{"SPDXID", package.id}, {"name", package.name}};
  if (!package.version.empty()) json["versionInfo"] = package.version;
  json["supplier"] = "NOASSERTION";
  json["downloadLocation"] = "NOASSERTION";
  json["filesAnalyzed"] = false;
  if (!package.digest.value.empty()) {
    json["checksums"] = Json::array({{{"algorithm", ascii::upper(package.digest.algorithm)},
                                      {"checksumValue", package.digest.value}}});
  }
  if (!package.source_info.empty()) json["sourceInfo"] = package.source_info;
  json["licenseConcluded"] = "NOASSERTION";
  json["licenseDeclared"] = package.declared;
  json["copyrightText"] = "NOASSERTION";
  if (!package.summary.empty()) json["summary"] = package.summary;
  if (!package.purl.empty()) {
    json["externalRefs"] = Json::array({{{"referenceCategory", "PACKAGE-MANAGER"},
                                         {"referenceType", "purl"},
                                         {"referenceLocator", package.purl}}});
  }
  json["primaryPackagePurpose"] = purpose;
  return json;
}

Json relationship(std::string_view from, std::string_view type, std::string_view to) {
  return {{"spdxElementId", from}, {"relationshipType", type}, {"relatedSpdxElement", to}};
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  const spdx::SpdxDocument spdx = spdx::document_of(document);
  Json creation{{"created", spdx.made},
                {"creators", {"Tool: " + spdx.tool}},
                {"licenseListVersion", kSpdxListVersion}};
  if (!spdx.comment.empty()) creation["comment"] = spdx.comment;
  Json packages = Json::array();
  Json relationships = Json::array();
  for (const SpdxPackage& each : spdx.packages) {
    packages.push_back(package_json(each));
    const bool is_part = spdx.has_image && &each != &spdx.packages.front();
    relationships.push_back(is_part ? relationship(spdx.packages.front().id, "CONTAINS", each.id)
                                    : relationship("SPDXRef-DOCUMENT", "DESCRIBES", each.id));
  }
  Json json{{"spdxVersion", "SPDX-2.3"},       {"dataLicense", "CC0-1.0"},
            {"SPDXID", "SPDXRef-DOCUMENT"},    {"name", spdx.name},
            {"documentNamespace", spdx.space}, {"creationInfo", std::move(creation)},
            {"packages", std::move(packages)}, {"relationships", std::move(relationships)}};
  for (const auto& [id, text] : spdx.own_licenses) {
    json["hasExtractedLicensingInfos"].push_back(
        {{"licenseId", id}, {"extractedText", text}, {"name", text}});
  }
  return json.dump(2) + '\n';
}

}  // namespace

const Format& spdx_json() {
  static constexpr Format kFormat{.name = "spdx-json",
                                  .title = "the packages as SPDX 2.3 in JSON",
                                  .render = render,
                                  .lists_packages = true,
                                  .also = "spdx"};
  return kFormat;
}

}  // namespace plimsoll::report::formats
