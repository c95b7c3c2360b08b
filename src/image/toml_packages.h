#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "image/package_reader.h"

namespace plimsoll::image {

/// The list of tables `key`; none when there is no such key.
/// @error kInvalid  it is something else
[[nodiscard]] inline Result<std::vector<const Node*>> toml_tables(const PackageFile& file,
                                                                  const Node& root,
                                                                  std::string_view key) {
  const Node* tables = root.find(key);
  if (tables == nullptr) return std::vector<const Node*>();
  if (tables->is_sequence()) return tables->items;
  return fail(ErrorCode::kInvalid, '\'' + std::string(key) + "' is no list of tables", file.path());
}

/// Many locks are TOML with one table per package, `[[package]]` or `[[packages]]`, that has `name`
/// and `version`; this reads those of a document's `root`. A table without name is passed over.
/// @param each  is given each table and what was added for it
template <class Each>
Result<void> read_toml_packages(const PackageFile& file, const Node& root, PackageList& list,
                                std::string_view tables, const Each& each) {
  const auto packages = toml_tables(file, root, tables);
  if (!packages) return tl::unexpected(packages.error());
  for (const Node* table : *packages) {
    const Node* name = table->find("name");
    const Node* version = table->find("version");
    if (name == nullptr) continue;
    each(*table, list.add(name->str(), version == nullptr ? std::string_view{} : version->str(),
                          file.line_of(*name)));
  }
  return {};
}

}  // namespace plimsoll::image
