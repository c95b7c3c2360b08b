#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root =
      json_object(file, "composer.lock", {"packages", "packages-dev", "content-hash"});
  if (!root) return tl::unexpected(root.error());
  for (const std::string_view section : {"packages", "packages-dev"}) {
    for (const Node* row : items_of(**root, section)) {
      const Node* name = row->find("name");
      if (name == nullptr) continue;
      Package& package = list.add(name->str(), field(*row, "version"), file.line_of(*name));
      package.dev = section == "packages-dev";
      package.licenses = texts(row->find("license"));
    }
  }
  return {};
}

}  // namespace

const PackageReader& composer_lock() {
  static constexpr PackageReader kReader{
      .kind = "composer-lock",
      .ecosystem = "Packagist",
      .presence = Presence::kLocked,
      .files = "**/composer.lock",
      .read = read,
      .source = "https://getcomposer.org/doc/01-basic-usage.md#commit-your-composer-lock-file"};
  return kReader;
}

}  // namespace plimsoll::image::packages
