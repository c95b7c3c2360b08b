#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = json_object(file, "packages.lock.json", {"dependencies", "version"});
  if (!root) return tl::unexpected(root.error());
  for (const Node::Entry& framework : entries_of(**root, "dependencies")) {
    for (const Node::Entry& row : framework.value->entries) {
      // A project of the same solution has no version.
      const std::string_view version = field(*row.value, "resolved");
      if (version.empty() || field(*row.value, "type") == "Project") continue;
      list.add(row.key->str(), version, file.line_of(*row.key));
    }
  }
  return {};
}

}  // namespace

const PackageReader& nuget_packages_lock() {
  static constexpr PackageReader kReader{
      .kind = "nuget-packages-lock",
      .ecosystem = "NuGet",
      .presence = Presence::kLocked,
      .files = "**/packages.lock.json **/packages.*.lock.json",
      .read = read,
      .source =
          "https://learn.microsoft.com/nuget/consume-packages/"
          "package-references-in-project-files#locking-dependencies"};
  return kReader;
}

}  // namespace plimsoll::image::packages
