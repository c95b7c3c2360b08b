#include <algorithm>

#include "image/document_root.h"
#include "image/node_field.h"
#include "image/toml_packages.h"

namespace plimsoll::image::packages {
namespace {

/// Poetry 1 wrote `category`; since 2 there are `groups`.
bool only_for_developing(const Node& table) {
  if (field(table, "category") == "dev") return true;
  const std::vector<std::string> groups = texts(table.find("groups"));
  return !groups.empty() && std::find(groups.begin(), groups.end(), "main") == groups.end();
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = toml_document(file, "poetry.lock", {"package", "metadata"});
  if (!root) return tl::unexpected(root.error());
  return read_toml_packages(file, **root, list, "package", [](const Node& table, Package& package) {
    package.dev = only_for_developing(table);
  });
}

}  // namespace

const PackageReader& poetry_lock() {
  static constexpr PackageReader kReader{
      .kind = "poetry-lock",
      .ecosystem = "PyPI",
      .presence = Presence::kLocked,
      .files = "**/poetry.lock",
      .read = read,
      .source = "https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock"};
  return kReader;
}

}  // namespace plimsoll::image::packages
