#include <algorithm>

#include "core/ascii.h"
#include "image/node_field.h"
#include "image/package_reader.h"
#include "image/purl.h"

namespace plimsoll::image::packages {
namespace {

bool is_uuid(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return ascii::is_alnum(c) || c == '-'; });
}

/// Since format 2 the packages stand below `deps`; before, they were the file.
Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.toml();
  if (!root) return tl::unexpected(root.error());
  const Node* packages = (*root)->find("deps");
  const bool is_first_format = (*root)->find("manifest_format") == nullptr;
  if (packages == nullptr || is_first_format) packages = is_first_format ? *root : nullptr;
  if (packages == nullptr) return {};
  const std::string_view julia = field(**root, "julia_version");
  for (const Node::Entry& package : packages->entries) {
    for (const Node* row : package.value->items) {
      if (row->find("uuid") == nullptr) continue;
      std::string_view version = field(*row, "version");
      // What comes with Julia has neither a version nor a place of its own.
      const bool is_part_of_julia =
          version.empty() && row->find("path") == nullptr && row->find("git-tree-sha1") == nullptr;
      if (is_part_of_julia) version = julia;
      const Node& uuid = *row->find("uuid");
      Package& added = list.add(package.key->str(), version, file.line_of(uuid));
      // Names are not unique in Julia.
      if (is_uuid(uuid.str())) added.purl = purl_of(added) + "?uuid=" + std::string(uuid.str());
    }
  }
  return {};
}

}  // namespace

const PackageReader& julia_manifest() {
  static constexpr PackageReader kReader{
      .kind = "julia-manifest",
      .ecosystem = "Julia",
      .presence = Presence::kLocked,
      .files = "**/Manifest.toml **/JuliaManifest.toml **/Manifest-v*.toml",
      .read = read,
      .source = "https://pkgdocs.julialang.org/v1/toml-files/#Manifest.toml"};
  return kReader;
}

}  // namespace plimsoll::image::packages
