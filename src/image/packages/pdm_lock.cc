#include <algorithm>

#include "image/document_root.h"
#include "image/node_field.h"
#include "image/toml_packages.h"

namespace plimsoll::image::packages {
namespace {

/// The groups of pyproject.toml that want it. Those for developing are `dev` unless named anew.
Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = toml_document(file, "pdm.lock", {"package", "metadata"});
  if (!root) return tl::unexpected(root.error());
  return read_toml_packages(file, **root, list, "package", [](const Node& table, Package& package) {
    const std::vector<std::string> groups = texts(table.find("groups"));
    package.dev = !groups.empty() && std::all_of(groups.begin(), groups.end(),
                                                 [](const auto& each) { return each == "dev"; });
  });
}

}  // namespace

const PackageReader& pdm_lock() {
  static constexpr PackageReader kReader{
      .kind = "pdm-lock",
      .ecosystem = "PyPI",
      .presence = Presence::kLocked,
      .files = "**/pdm.lock",
      .read = read,
      .source = "https://pdm-project.org/latest/usage/lockfile/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
