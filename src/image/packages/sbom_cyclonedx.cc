#include <array>
#include <utility>

#include "core/ascii.h"
#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"
#include "image/purl.h"
#include "image/sbom_package.h"
#include "image/xml_document.h"

namespace plimsoll::image {
namespace packages {
namespace {

/// What this program, Trivy and npm's tools say of a component beside what CycloneDX asks for.
struct Properties {
  std::string source_name, source_version, source_release, source_epoch, module_label;
  std::string ecosystem, path, layer;
  bool dev = false;

  void take(std::string_view key, std::string_view value) {
    const std::array<std::pair<std::string_view, std::string*>, 8> kTexts = {
        {{"aquasecurity:trivy:SrcName", &source_name},
         {"aquasecurity:trivy:SrcVersion", &source_version},
         {"aquasecurity:trivy:SrcRelease", &source_release},
         {"aquasecurity:trivy:SrcEpoch", &source_epoch},
         {"aquasecurity:trivy:Modularitylabel", &module_label},
         {"plimsoll:ecosystem", &ecosystem},
         {"plimsoll:path", &path},
         {"plimsoll:layer", &layer}}};
    for (const auto& [name, text] : kTexts) {
      if (key == name) *text = value;
    }
    dev = dev || (key == "cdx:npm:package:development" && value == "true");
  }
};

void add(SbomPart part, const Properties& properties, PackageList& list) {
  part.ecosystem = properties.ecosystem;
  auto package = package_of(std::move(part));
  if (!package) return;
  package->dev = package->dev || properties.dev;
  package->module_label = properties.module_label;
  package->path = properties.path;
  package->layer = properties.layer;
  if (!properties.source_name.empty()) {
    const std::string version =
        (properties.source_epoch.empty() ? "" : properties.source_epoch + ':') +
        properties.source_version +
        (properties.source_release.empty() ? "" : '-' + properties.source_release);
    const bool is_own = properties.source_name == package->name;
    package->source_name = is_own ? "" : properties.source_name;
    package->source_version = version == package->version ? "" : version;
  }
  list.add(*std::move(package));
}

/// The image or the product that has the components.
void describe(std::string_view name, std::string_view version, std::string_view purl,
              SbomSubject& subject) {
  subject.name = name;
  if (is_digest(version)) subject.digest = version;
  const auto url = parse_purl(purl);
  if (subject.digest.empty() && url && is_digest(url->version)) subject.digest = url->version;
}

void take_system(std::string_view name, std::string_view version, std::string_view title,
                 SbomSubject& subject) {
  if (!subject.release.id.empty()) return;
  subject.release = {.id = ascii::lower(name),
                     .version_id = std::string(version),
                     .pretty_name = std::string(title)};
}

/// Walks the components of components without recursion: their depth is the file's choice.
void read_components(const PackageFile& file, const Node& root, PackageList& list,
                     SbomSubject& subject) {
  std::vector<const Node*> open(items_of(root, "components").rbegin(),
                                items_of(root, "components").rend());
  while (!open.empty()) {
    const Node& component = *open.back();
    open.pop_back();
    const auto& parts = items_of(component, "components");
    open.insert(open.end(), parts.rbegin(), parts.rend());
    const Node* name = component.find("name");
    if (name == nullptr) continue;
    if (field(component, "type") == "operating-system") {
      take_system(name->str(), field(component, "version"), field(component, "description"),
                  subject);
    }
    SbomPart part{.name = std::string(name->str()),
                  .version = std::string(field(component, "version")),
                  .purl = std::string(field(component, "purl")),
                  .cpe = std::string(field(component, "cpe")),
                  .dev = field(component, "scope") == "excluded",
                  .line = file.line_of(*name)};
    for (const Node* each : items_of(component, "licenses")) {
      const Node* license = each->find("license");
      std::string_view text = field(*each, "expression");
      if (text.empty() && license != nullptr) text = field(*license, "id");
      if (text.empty() && license != nullptr) text = field(*license, "name");
      if (!text.empty()) part.licenses.emplace_back(text);
    }
    Properties properties;
    for (const Node* each : items_of(component, "properties")) {
      properties.take(field(*each, "name"), field(*each, "value"));
    }
    add(std::move(part), properties, list);
  }
}

SbomPart part_of(const PackageFile& file, pugi::xml_node component) {
  SbomPart part{.name = std::string(xml::child_text(component, "name")),
                .version = std::string(xml::child_text(component, "version")),
                .purl = std::string(xml::child_text(component, "purl")),
                .cpe = std::string(xml::child_text(component, "cpe")),
                .dev = xml::child_text(component, "scope") == "excluded",
                .line = xml::line_of(file, component)};
  for (const pugi::xml_node each : xml::child(component, "licenses").children()) {
    std::string_view text = xml::is_element(each, "expression") ? xml::text(each) : "";
    if (text.empty()) text = xml::child_text(each, "id");
    if (text.empty()) text = xml::child_text(each, "name");
    if (!text.empty()) part.licenses.emplace_back(text);
  }
  return part;
}

void read_components(const PackageFile& file, pugi::xml_node root, PackageList& list,
                     SbomSubject& subject) {
  std::vector<pugi::xml_node> open = {xml::child(root, "components")};
  while (!open.empty()) {
    const pugi::xml_node components = open.back();
    open.pop_back();
    for (const pugi::xml_node component : components.children()) {
      if (!xml::is_element(component, "component")) continue;
      if (xml::attribute(component, "type") == "operating-system") {
        take_system(xml::child_text(component, "name"), xml::child_text(component, "version"),
                    xml::child_text(component, "description"), subject);
      }
      Properties properties;
      for (const pugi::xml_node each : xml::child(component, "properties").children()) {
        properties.take(xml::attribute(each, "name"), xml::text(each));
      }
      add(part_of(file, component), properties, list);
      open.push_back(xml::child(component, "components"));
    }
  }
}

Result<void> read(PackageFile& file, PackageList& list) {
  SbomSubject subject;
  return read_cyclonedx(file, list, subject);
}

}  // namespace

const PackageReader& sbom_cyclonedx() {
  static constexpr PackageReader kReader{
      .kind = "sbom-cyclonedx",
      .ecosystem = "",
      .files = "**/*.cdx.json **/*.cdx.xml **/*.cdx **/bom.json **/bom.xml",
      .read = read,
      .source = "https://cyclonedx.org/docs/latest/json/"};
  return kReader;
}

}  // namespace packages

Result<void> read_cyclonedx(PackageFile& file, PackageList& list, SbomSubject& subject) {
  const std::string_view text = ascii::trim(file.bytes());
  if (text.starts_with('<') || text.starts_with("\xEF\xBB\xBF<")) {
    const auto document = xml::parse(file);
    if (!document) return tl::unexpected(document.error());
    const pugi::xml_node root = xml::child(**document, "bom");
    if (!root) return fail(ErrorCode::kInvalid, "no CycloneDX: no 'bom' in it", file.path());
    if (const auto about = xml::child(xml::child(root, "metadata"), "component")) {
      packages::describe(xml::child_text(about, "name"), xml::child_text(about, "version"),
                         xml::child_text(about, "purl"), subject);
    }
    packages::read_components(file, root, list, subject);
    return {};
  }
  const auto root = json_object(file, "CycloneDX", {"bomFormat"});
  if (!root) return tl::unexpected(root.error());
  const Node* metadata = (*root)->find("metadata");
  const Node* about = metadata == nullptr ? nullptr : metadata->find("component");
  if (about != nullptr) {
    packages::describe(field(*about, "name"), field(*about, "version"), field(*about, "purl"),
                       subject);
  }
  packages::read_components(file, **root, list, subject);
  return {};
}

}  // namespace plimsoll::image
