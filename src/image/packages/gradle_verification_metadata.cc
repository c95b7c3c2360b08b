#include "image/package_reader.h"
#include "image/xml_document.h"

namespace plimsoll::image::packages {
namespace {

Result<void> read(PackageFile& file, PackageList& list) {
  const auto document = xml::parse(file);
  if (!document) return tl::unexpected(document.error());
  const pugi::xml_node root = xml::child(**document, "verification-metadata");
  if (!root) {
    return fail(ErrorCode::kInvalid, "no verification-metadata.xml: no 'verification-metadata'",
                file.path());
  }
  for (const pugi::xml_node each : xml::child(root, "components").children()) {
    if (!xml::is_element(each, "component")) continue;
    const std::string_view group = xml::attribute(each, "group");
    const std::string_view name = xml::attribute(each, "name");
    if (group.empty() || name.empty()) continue;
    list.add(std::string(group) + ':' + std::string(name), xml::attribute(each, "version"),
             xml::line_of(file, each));
  }
  return {};
}

}  // namespace

const PackageReader& gradle_verification_metadata() {
  static constexpr PackageReader kReader{
      .kind = "gradle-verification-metadata",
      .ecosystem = "Maven",
      .presence = Presence::kLocked,
      .files = "**/gradle/verification-metadata.xml",
      .read = read,
      .source = "https://docs.gradle.org/current/userguide/dependency_verification.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
