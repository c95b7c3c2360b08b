#include <optional>
#include <string>

#include "image/image_packages.h"
#include "image/node_field.h"
#include "image/package_reader.h"
#include "parse/interpolate.h"

namespace plimsoll::image::packages {
namespace {

/// Of the one file that is read, only defaults are known: an `.env` file or the environment may say
/// something else where the file is used.
std::optional<std::string> unset(const void*, std::string_view) {
  return std::nullopt;
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.yaml();
  if (!root) return tl::unexpected(root.error());
  for (const Node::Entry& service : entries_of(**root, "services")) {
    const Node* image = service.value->find("image");
    if (image == nullptr || image->str().empty()) continue;
    const interpolate::Result expanded = interpolate::interpolate(image->str(), {.get = unset});
    if (!expanded.known || !expanded.errors.empty()) continue;
    add_image(expanded.text, file.line_of(*image), list);
  }
  return {};
}

}  // namespace

const PackageReader& compose_image() {
  static constexpr PackageReader kReader{
      .kind = "compose-image",
      .ecosystem = "OCI",
      .presence = Presence::kDeclared,
      .files = "**/*compose*.yml **/*compose*.yaml",
      .read = read,
      .source = "https://github.com/compose-spec/compose-spec/blob/main/05-services.md#image"};
  return kReader;
}

}  // namespace plimsoll::image::packages
