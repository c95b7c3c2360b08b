#include "core/ascii.h"
#include "image/document_root.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// "https://github.com/owner/name.git" and "git@github.com:owner/name" are github.com/owner/name.
std::string name_of(std::string_view address) {
  const std::size_t scheme = address.find("://");
  if (scheme != std::string_view::npos) address.remove_prefix(scheme + 3);
  const std::size_t host_end = address.find('/');
  const std::size_t user_end = address.substr(0, host_end).rfind('@');
  if (user_end != std::string_view::npos) address.remove_prefix(user_end + 1);
  while (address.ends_with('/')) address.remove_suffix(1);
  if (address.ends_with(".git")) address.remove_suffix(4);
  std::string name(address);
  const std::size_t colon = name.find(':');
  const bool is_scp = scheme == std::string_view::npos && colon < name.find('/');
  if (is_scp) name[colon] = '/';
  return name;
}

void add(const Node& pin, std::string_view key, const PackageFile& file, PackageList& list) {
  const Node* location = pin.find(key);
  const Node* state = pin.find("state");
  const Node* identity = pin.find("identity");
  // A package of a registry has no address.
  const bool has_address = location != nullptr && !location->str().empty();
  const Node* named = has_address ? location : identity;
  if (named == nullptr || state == nullptr) return;
  std::string_view version;
  for (const std::string_view each : {"version", "branch", "revision"}) {
    if (version.empty()) version = field(*state, each);
  }
  list.add(has_address ? name_of(named->str()) : std::string(named->str()), version,
           file.line_of(*named));
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = json_object(file, "Package.resolved", {"pins", "object", "version"});
  if (!root) return tl::unexpected(root.error());
  if (const Node* object = (*root)->find("object")) {
    for (const Node* pin : items_of(*object, "pins")) add(*pin, "repositoryURL", file, list);
  }
  for (const Node* pin : items_of(**root, "pins")) add(*pin, "location", file, list);
  return {};
}

}  // namespace

const PackageReader& swift_package_resolved() {
  static constexpr PackageReader kReader{
      .kind = "swift-package-resolved",
      .ecosystem = "SwiftURL",
      .presence = Presence::kLocked,
      .files = "**/Package.resolved **/.package.resolved",
      .read = read,
      .source = "https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/"};
  return kReader;
}

}  // namespace plimsoll::image::packages
