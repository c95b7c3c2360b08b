#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// As RPM writes it, of which these packages are made.
std::string version_of(const Node& row) {
  std::string version(field(row, "Version"));
  const std::string_view release = field(row, "Release");
  if (!release.empty()) version.append("-").append(release);
  const std::string_view epoch = field(row, "Epoch");
  if (!epoch.empty() && epoch != "0") version = std::string(epoch) + ':' + version;
  return version;
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = json_object(file, "application inventory", {"Content"});
  if (!root) return tl::unexpected(root.error());
  for (const Node* row : items_of(**root, "Content")) {
    const Node* name = row->find("Name");
    if (name == nullptr || field(*row, "Version").empty()) continue;
    list.add(name->str(), version_of(*row), file.line_of(*name)).architecture =
        field(*row, "Architecture");
  }
  return {};
}

}  // namespace

const PackageReader& bottlerocket_inventory() {
  static constexpr PackageReader kReader{
      .kind = "bottlerocket-inventory",
      .ecosystem = "Bottlerocket",
      .files = "**/usr/share/bottlerocket/application-inventory.json",
      .read = read,
      .source = "https://github.com/bottlerocket-os/bottlerocket/releases/tag/v1.7.0"};
  return kReader;
}

}  // namespace plimsoll::image::packages
