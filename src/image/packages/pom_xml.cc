#include "image/maven_project.h"
#include "image/package_reader.h"
#include "image/xml_document.h"

namespace plimsoll::image::packages {
namespace {

Result<void> read(PackageFile& file, PackageList& list) {
  const auto document = xml::parse(file);
  if (!document) return tl::unexpected(document.error());
  const pugi::xml_node root = xml::child(**document, "project");
  if (!root) return fail(ErrorCode::kInvalid, "no pom.xml: no 'project' in it", file.path());
  for (MavenDependency& each : MavenProject(root).dependencies()) {
    Package& package =
        list.add(each.group + ':' + each.artifact, each.version, xml::line_of(file, each.node));
    package.dev = each.scope == "test";
  }
  return {};
}

}  // namespace

const PackageReader& pom_xml() {
  static constexpr PackageReader kReader{.kind = "pom-xml",
                                         .ecosystem = "Maven",
                                         .presence = Presence::kDeclared,
                                         .files = "**/pom.xml",
                                         .read = read,
                                         .source = "https://maven.apache.org/pom.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
