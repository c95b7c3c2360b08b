#include <map>

#include "core/ascii.h"
#include "image/package_reader.h"
#include "image/xml_document.h"

namespace plimsoll::image::packages {
namespace {

using Properties = std::map<std::string, std::string_view, std::less<>>;

Properties properties_of(pugi::xml_node project) {
  Properties properties;
  for (const pugi::xml_node group : project.children()) {
    if (!xml::is_element(group, "PropertyGroup")) continue;
    for (const pugi::xml_node each : group.children()) {
      properties.insert_or_assign(ascii::lower(xml::name(each)), xml::text(each));
    }
  }
  return properties;
}

/// "$(Name)" with the value that this file gives; "" when another one must.
std::string_view resolved(std::string_view version, const Properties& properties) {
  if (version.starts_with("$(") && version.ends_with(')')) {
    const std::string name = ascii::lower(version.substr(2, version.size() - 3));
    const auto found = properties.find(name);
    version = found == properties.end() ? std::string_view{} : found->second;
  }
  return ascii::contains(version, "$(") ? std::string_view{} : version;
}

bool names_a_package(pugi::xml_node node) {
  return xml::is_element(node, "PackageVersion") || xml::is_element(node, "PackageReference") ||
         xml::is_element(node, "GlobalPackageReference");
}

std::string_view setting(pugi::xml_node node, const char* key) {
  const std::string_view value = xml::attribute(node, key);
  return value.empty() ? xml::child_text(node, key) : value;
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto document = xml::parse(file);
  if (!document) return tl::unexpected(document.error());
  const pugi::xml_node root = xml::child(**document, "Project");
  if (!root) {
    return fail(ErrorCode::kInvalid, "no Packages.props: no 'Project' in it", file.path());
  }
  const Properties properties = properties_of(root);
  for (const pugi::xml_node group : root.children()) {
    if (!xml::is_element(group, "ItemGroup")) continue;
    for (const pugi::xml_node each : group.children()) {
      if (!names_a_package(each)) continue;
      std::string_view name = xml::attribute(each, "Include");
      if (name.empty()) name = xml::attribute(each, "Update");
      const std::string_view version = resolved(setting(each, "Version"), properties);
      list.add(name, version, xml::line_of(file, each));
    }
  }
  return {};
}

}  // namespace

const PackageReader& nuget_packages_props() {
  static constexpr PackageReader kReader{
      .kind = "nuget-packages-props",
      .ecosystem = "NuGet",
      .presence = Presence::kDeclared,
      .files = "**/Directory.Packages.props **/Packages.props **/packages.props",
      .read = read,
      .source = "https://learn.microsoft.com/nuget/consume-packages/central-package-management"};
  return kReader;
}

}  // namespace plimsoll::image::packages
