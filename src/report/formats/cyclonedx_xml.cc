#include <string>
#include <string_view>

#include "report/cyclonedx.h"
#include "report/format.h"
#include "report/xml_text.h"

// Elements stand in the order that the schema asks for.
// Source: https://cyclonedx.org/docs/1.6/xml/
namespace plimsoll::report::formats {
namespace {

using cyclonedx::Properties;

std::string element(std::string_view name, std::string_view text) {
  return '<' + std::string(name) + '>' + xml_text(text) + "</" + std::string(name) + ">\n";
}

std::string optional(std::string_view name, std::string_view text) {
  return text.empty() ? std::string() : element(name, text);
}

std::string opening(std::string_view type, std::string_view ref) {
  return "<component type=\"" + std::string(type) + "\" bom-ref=\"" + xml_text(ref) + "\">\n";
}

std::string xml_of(const Properties& properties) {
  if (properties.empty()) return {};
  std::string out = "<properties>\n";
  for (const auto& [name, value] : properties) {
    out += "<property name=\"" + xml_text(name) + "\">" + xml_text(value) + "</property>\n";
  }
  return out + "</properties>\n";
}

std::string licenses_xml(const std::vector<SbomLicense>& licenses) {
  if (licenses.empty()) return {};
  std::string out = "<licenses>\n";
  if (cyclonedx::is_one_expression(licenses)) {
    return out + element("expression", licenses.front().text) + "</licenses>\n";
  }
  for (const SbomLicense& each : licenses) {
    const char* name = each.kind == SbomLicense::Kind::kListed ? "id" : "name";
    out += "<license>\n" + element(name, each.text) + "</license>\n";
  }
  return out + "</licenses>\n";
}

std::string component_xml(const SbomComponent& component) {
  const Package& package = *component.package;
  return opening(component.is_application ? "application" : "library", component.ref) +
         element("name", package.name) + optional("version", package.version) +
         (package.dev ? element("scope", "excluded") : "") + licenses_xml(component.licenses) +
         optional("purl", package.purl) + xml_of(cyclonedx::properties_of(package)) +
         "</component>\n";
}

std::string os_xml(const Sbom& sbom) {
  return opening("operating-system", cyclonedx::os_ref(sbom)) + element("name", sbom.os_name) +
         optional("version", sbom.os_version) + optional("description", sbom.image->os_title) +
         "</component>\n";
}

std::string image_xml(const ImageSummary& image) {
  std::string out = opening("container", cyclonedx::image_ref(image)) +
                    element("name", image.reference) + optional("version", image.digest);
  const SbomDigest digest = sbom_digest(image.digest);
  if (const std::string_view name = cyclonedx::hash_name(digest); !name.empty()) {
    out += "<hashes>\n<hash alg=\"" + std::string(name) + "\">" + std::string(digest.value) +
           "</hash>\n</hashes>\n";
  }
  return out + xml_of(cyclonedx::properties_of(image)) + "</component>\n";
}

std::string metadata_xml(const Document& document, const Sbom& sbom) {
  std::string out = "<metadata>\n" + optional("timestamp", sbom.made);
  out += "<tools>\n<components>\n<component type=\"application\">\n" + element("name", "plimsoll") +
         element("version", document.version) + "</component>\n</components>\n</tools>\n";
  if (sbom.image != nullptr) out += image_xml(*sbom.image);
  return out + "</metadata>\n";
}

std::string dependencies_xml(const Sbom& sbom) {
  if (sbom.image == nullptr) return {};
  const auto dependency = [](std::string_view ref) {
    return "<dependency ref=\"" + xml_text(ref) + "\"";
  };
  std::string out = "<dependencies>\n" + dependency(cyclonedx::image_ref(*sbom.image)) + ">\n";
  if (const std::string ref = cyclonedx::os_ref(sbom); !ref.empty()) {
    out += dependency(ref) + "/>\n";
  }
  for (const SbomComponent& each : sbom.components) out += dependency(each.ref) + "/>\n";
  return out + "</dependency>\n</dependencies>\n";
}

std::string render(const Document& document, const Appearance& /*appearance*/) {
  const Sbom sbom = sbom_of(document);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\" serialNumber=\"urn:uuid:" + sbom.uuid +
         "\" version=\"1\">\n";
  out += metadata_xml(document, sbom) + "<components>\n";
  if (!sbom.os_name.empty()) out += os_xml(sbom);
  for (const SbomComponent& each : sbom.components) out += component_xml(each);
  out += "</components>\n" + dependencies_xml(sbom);
  if (!sbom.complete) {
    out +=
        "<compositions>\n<composition>\n<aggregate>incomplete</aggregate>\n</composition>\n"
        "</compositions>\n";
  }
  return out + "</bom>\n";
}

}  // namespace

const Format& cyclonedx_xml() {
  static constexpr Format kFormat{.name = "cyclonedx-xml",
                                  .title = "the packages as CycloneDX 1.6 in XML",
                                  .render = render,
                                  .lists_packages = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
