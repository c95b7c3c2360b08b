#include <set>

#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// Composer 1 wrote the list itself, Composer 2 an object with it.
Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.json();
  if (!root) return tl::unexpected(root.error());
  const bool is_list = (*root)->is_sequence();
  if (!is_list && (*root)->find("packages") == nullptr) {
    return fail(ErrorCode::kInvalid, "no installed.json of Composer: it has no 'packages'",
                file.path());
  }
  std::set<std::string_view> developing;
  for (const Node* each : items_of(**root, "dev-package-names")) developing.insert(each->str());
  for (const Node* row : is_list ? (*root)->items : items_of(**root, "packages")) {
    const Node* name = row->find("name");
    if (name == nullptr) continue;
    Package& package = list.add(name->str(), field(*row, "version"), file.line_of(*name));
    package.dev = developing.contains(name->str());
    package.licenses = texts(row->find("license"));
  }
  return {};
}

}  // namespace

const PackageReader& composer_installed() {
  static constexpr PackageReader kReader{
      .kind = "composer-installed",
      .ecosystem = "Packagist",
      .files = "**/vendor/composer/installed.json **/composer/installed.json",
      .read = read,
      .source = "https://getcomposer.org/doc/07-runtime.md#installed-versions"};
  return kReader;
}

}  // namespace plimsoll::image::packages
