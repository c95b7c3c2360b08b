#include <array>
#include <utility>

#include "core/ascii.h"
#include "image/json_object.h"
#include "image/node_field.h"
#include "image/package_reader.h"
#include "image/sbom_package.h"
#include "image/xml_document.h"

namespace plimsoll::image::packages {
namespace {

/// What Trivy and npm's tools say of a component beside what CycloneDX asks for.
struct Properties {
  std::string source_name, source_version, source_release, source_epoch;
  bool dev = false;

  void take(std::string_view key, std::string_view value) {
    const std::array<std::pair<std::string_view, std::string*>, 4> kTexts = {
        {{"aquasecurity:trivy:SrcName", &source_name},
         {"aquasecurity:trivy:SrcVersion", &source_version},
         {"aquasecurity:trivy:SrcRelease", &source_release},
         {"aquasecurity:trivy:SrcEpoch", &source_epoch}}};
    for (const auto& [name, text] : kTexts) {
      if (key == name) *text = value;
    }
    dev = dev || (key == "cdx:npm:package:development" && value == "true");
  }
};

void add(SbomPart part, const Properties& properties, PackageList& list) {
  auto package = package_of(std::move(part));
  if (!package) return;
  package->dev = package->dev || properties.dev;
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

/// Walks the components of components without recursion: their depth is the file's choice.
void read_components(const PackageFile& file, const Node& root, PackageList& list) {
  std::vector<const Node*> open(items_of(root, "components").rbegin(),
                                items_of(root, "components").rend());
  while (!open.empty()) {
    const Node& component = *open.back();
    open.pop_back();
    const auto& parts = items_of(component, "components");
    open.insert(open.end(), parts.rbegin(), parts.rend());
    const Node* name = component.find("name");
    if (name == nullptr) continue;
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

void read_components(const PackageFile& file, pugi::xml_node root, PackageList& list) {
  std::vector<pugi::xml_node> open = {xml::child(root, "components")};
  while (!open.empty()) {
    const pugi::xml_node components = open.back();
    open.pop_back();
    for (const pugi::xml_node component : components.children()) {
      if (!xml::is_element(component, "component")) continue;
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
  const std::string_view text = ascii::trim(file.bytes());
  if (text.starts_with('<') || text.starts_with("\xEF\xBB\xBF<")) {
    const auto document = xml::parse(file);
    if (!document) return tl::unexpected(document.error());
    const pugi::xml_node root = xml::child(**document, "bom");
    if (!root) return fail(ErrorCode::kInvalid, "no CycloneDX: no 'bom' in it", file.path());
    read_components(file, root, list);
    return {};
  }
  const auto root = json_object(file, "CycloneDX", {"bomFormat"});
  if (!root) return tl::unexpected(root.error());
  read_components(file, **root, list);
  return {};
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

}  // namespace plimsoll::image::packages
