#include "image/node_field.h"
#include "image/npm_manifest.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.json();
  if (!root) return tl::unexpected(root.error());
  if (!(*root)->is_mapping()) {
    return fail(ErrorCode::kInvalid, "no package.json: no object", file.path());
  }
  const Node* name = (*root)->find("name");
  if (name == nullptr) return {};
  list.add(name->str(), field(**root, "version"), file.line_of(*name)).licenses =
      npm::licenses(**root);
  return {};
}

}  // namespace

const PackageReader& npm_package_json() {
  static constexpr PackageReader kReader{
      .kind = "npm-package-json",
      .ecosystem = "npm",
      .files = "**/node_modules/*/package.json **/node_modules/@*/*/package.json",
      .read = read,
      .source = "https://docs.npmjs.com/cli/configuring-npm/package-json"};
  return kReader;
}

}  // namespace plimsoll::image::packages
