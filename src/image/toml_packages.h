#pragma once

#include "image/package_reader.h"

namespace plimsoll::image {

/// Many locks are TOML with one table per package, `[[package]]` or `[[packages]]`, that has `name`
/// and `version`. A table without name is passed over.
/// @param each  is given each table and what was added for it
template <class Each>
Result<void> read_toml_packages(PackageFile& file, PackageList& list, std::string_view tables,
                                const Each& each) {
  const auto root = file.toml();
  if (!root) return tl::unexpected(root.error());
  const Node* packages = (*root)->find(tables);
  if (packages == nullptr) return {};
  for (const Node* table : packages->items) {
    const Node* name = table->find("name");
    const Node* version = table->find("version");
    if (name == nullptr) continue;
    each(*table, list.add(name->str(), version == nullptr ? std::string_view{} : version->str(),
                          file.line_of(*name)));
  }
  return {};
}

}  // namespace plimsoll::image
