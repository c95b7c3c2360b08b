#include <fmt/format.h>

#include <string>
#include <string_view>

#include "report/cyclonedx.h"
#include "report/cyclonedx_vulnerabilities.h"
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
  return out + xml_of(cyclonedx::properties_of(document)) + "</metadata>\n";
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

std::string source_xml(std::string_view name, std::string_view address) {
  return "<source>\n" + element("name", name) + optional("url", address) + "</source>\n";
}

std::string rating_xml(const cyclonedx::Rating& rating) {
  std::string out = "<rating>\n";
  if (!rating.source.empty()) out += source_xml(rating.source, rating.address);
  if (rating.score) out += element("score", fmt::format("{}", *rating.score));
  return out + optional("severity", rating.severity) + optional("method", rating.method) +
         optional("vector", rating.vector) + "</rating>\n";
}

std::string analysis_xml(const cyclonedx::Analysis& analysis) {
  return "<analysis>\n" + optional("state", analysis.state) +
         optional("justification", analysis.justification) + element("detail", analysis.detail) +
         "</analysis>\n";
}

std::string affected_xml(const cyclonedx::Affected& affected) {
  std::string out = "<target>\n" + element("ref", affected.ref);
  if (!affected.version.empty()) {
    out += "<versions>\n<version>\n" + element("version", affected.version) +
           element("status", affected.status) + "</version>\n</versions>\n";
  }
  return out + "</target>\n";
}

/// "<name>…</name>" around what each is; "" around nothing.
template <typename List, typename Write>
std::string list_xml(const std::string& name, const List& list, Write write) {
  if (list.empty()) return {};
  std::string out = '<' + name + ">\n";
  for (const auto& each : list) out += write(each);
  return out + "</" + name + ">\n";
}

std::string vulnerability_xml(const cyclonedx::Entry& entry) {
  std::string out = "<vulnerability>\n" + element("id", entry.id) +
                    source_xml(entry.source.name, entry.source.address);
  out += list_xml("references", entry.references, [](const auto& each) {
    return "<reference>\n" + element("id", each.first) +
           source_xml(each.second.name, each.second.address) + "</reference>\n";
  });
  out += list_xml("ratings", entry.ratings, rating_xml);
  out += list_xml("cwes", entry.cwes,
                  [](unsigned number) { return element("cwe", std::to_string(number)); });
  out += optional("description", entry.description) + optional("detail", entry.detail) +
         optional("recommendation", entry.recommendation);
  out += list_xml("advisories", entry.advisories, [](const std::string& address) {
    return "<advisory>\n" + element("url", address) + "</advisory>\n";
  });
  out += optional("published", entry.published) + optional("updated", entry.updated);
  if (entry.analysis) out += analysis_xml(*entry.analysis);
  out += list_xml("affects", entry.affects, affected_xml);
  return out + xml_of(entry.properties) + "</vulnerability>\n";
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
  if (const auto entries = cyclonedx::entries_of(document, sbom)) {
    out += list_xml("vulnerabilities", *entries, vulnerability_xml);
  }
  return out + "</bom>\n";
}

}  // namespace

const Format& cyclonedx_xml() {
  static constexpr Format kFormat{.name = "cyclonedx-xml",
                                  .title = "the packages as CycloneDX 1.6 in XML",
                                  .render = render,
                                  .lists_packages = true,
                                  .tells_vulnerabilities = true};
  return kFormat;
}

}  // namespace plimsoll::report::formats
