#include <algorithm>

#include "image/node_field.h"
#include "image/package_reader.h"

namespace plimsoll::image::packages {
namespace {

/// Packages of an SDK are "0.0.0"; the SDK's own version is the lowest that `sdks` takes.
std::string_view sdk_version(const Node& root, const Node& row) {
  const Node* sdks = root.find("sdks");
  if (sdks == nullptr) return {};
  std::string_view range = field(*sdks, field(row, "description"));
  range = range.substr(std::min(range.find_first_of("0123456789"), range.size()));
  return range.substr(0, range.find_first_of(" <,"));
}

Result<void> read(PackageFile& file, PackageList& list) {
  const auto root = file.yaml();
  if (!root) return tl::unexpected(root.error());
  if (!(*root)->is_mapping()) {
    return fail(ErrorCode::kInvalid, "no pubspec.lock: no mapping", file.path());
  }
  // A pubspec.yaml says what it is the source of.
  if (const Node* name = (*root)->find("name"); name != nullptr && name->is_scalar()) {
    list.add(name->str(), field(**root, "version"), file.line_of(*name));
    return {};
  }
  for (const auto& [key, row, merged, duplicate] : entries_of(**root, "packages")) {
    std::string_view version = field(*row, "version");
    const bool is_sdk = field(*row, "source") == "sdk" && version == "0.0.0";
    if (is_sdk) version = sdk_version(**root, *row);
    list.add(key->text, version, file.line_of(*key)).dev =
        field(*row, "dependency") == "direct dev";
  }
  return {};
}

}  // namespace

const PackageReader& pubspec_lock() {
  static constexpr PackageReader kReader{.kind = "pubspec-lock",
                                         .ecosystem = "Pub",
                                         .presence = Presence::kLocked,
                                         .files = "**/pubspec.lock",
                                         .read = read,
                                         .source = "https://dart.dev/tools/pub/glossary#lockfile"};
  return kReader;
}

}  // namespace plimsoll::image::packages
