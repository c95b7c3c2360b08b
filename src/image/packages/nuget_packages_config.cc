#include "core/ascii.h"
#include "image/package_reader.h"
#include "image/xml_document.h"

namespace plimsoll::image::packages {
namespace {

Result<void> read(PackageFile& file, PackageList& list) {
  const auto document = xml::parse(file);
  if (!document) return tl::unexpected(document.error());
  const pugi::xml_node root = xml::child(**document, "packages");
  if (!root) {
    return fail(ErrorCode::kInvalid, "no packages.config: no 'packages' in it", file.path());
  }
  for (const pugi::xml_node each : root.children()) {
    if (!xml::is_element(each, "package")) continue;
    Package& package = list.add(xml::attribute(each, "id"), xml::attribute(each, "version"),
                                xml::line_of(file, each));
    package.dev = ascii::iequals(xml::attribute(each, "developmentDependency"), "true");
  }
  return {};
}

}  // namespace

const PackageReader& nuget_packages_config() {
  static constexpr PackageReader kReader{
      .kind = "nuget-packages-config",
      .ecosystem = "NuGet",
      .presence = Presence::kLocked,
      .files = "**/packages.config",
      .read = read,
      .source = "https://learn.microsoft.com/nuget/reference/packages-config"};
  return kReader;
}

}  // namespace plimsoll::image::packages
