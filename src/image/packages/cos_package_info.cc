#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// What was only there to build the image stands in `buildTimePackages`.
Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = json_object(file, "list of packages", {"installedPackages"});
  if (!root) return tl::unexpected(root.error());
  for (const Node* row : items_of(**root, "installedPackages")) {
    const Node* name = row->find("name");
    if (name == nullptr) continue;
    list.add(name->str(), field(*row, "version"), file.line_of(*name));
  }
  return {};
}

}  // namespace

const PackageReader& cos_package_info() {
  static constexpr PackageReader kReader{
      .kind = "cos-package-info",
      .ecosystem = "COS",
      .files = "etc/cos-package-info.json",
      .read = read,
      .source = "https://github.com/package-url/purl-spec/pull/270"};
  return kReader;
}

}  // namespace plimsoll::image::packages
