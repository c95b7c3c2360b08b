#include "core/ascii.h"
#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// "Name/Subspec (1.2.3)".
void add(const Node& node, const PackageFile& file, PackageList& list) {
  const std::string_view text = node.str();
  const std::size_t open = text.find(" (");
  if (open == std::string_view::npos || !text.ends_with(')')) return;
  list.add(text.substr(0, open), text.substr(open + 2, text.size() - open - 3), file.line_of(node));
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.yaml();
  if (!root) return tl::unexpected(root.error());
  if ((*root)->find("PODS") == nullptr && (*root)->find("DEPENDENCIES") == nullptr &&
      (*root)->find("PODFILE CHECKSUM") == nullptr) {
    return fail(ErrorCode::kInvalid, "no Podfile.lock: it has no 'PODS'", file.path());
  }
  for (const Node* pod : items_of(**root, "PODS")) {
    if (pod->is_scalar()) add(*pod, file, list);
    // With what it needs below.
    for (const Node::Entry& each : pod->entries) add(*each.key, file, list);
  }
  return {};
}

}  // namespace

const PackageReader& podfile_lock() {
  static constexpr PackageReader kReader{
      .kind = "podfile-lock",
      .ecosystem = "CocoaPods",
      .presence = Presence::kLocked,
      .files = "**/Podfile.lock",
      .read = read,
      .source = "https://guides.cocoapods.org/using/using-cocoapods.html"};
  return kReader;
}

}  // namespace plimsoll::image::packages
