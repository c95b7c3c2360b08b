#include <utility>

#include "core/path.h"
#include "image/image_source.h"
#include "image/named_path.h"
#include "image/own_platform.h"

namespace plimsoll::image::sources {
namespace {

Result<FoundImage> find(const ImageRequest& request) {
  const DiskFileSystem files;
  NamedPath named = named_path(files, request.name);
  const auto kind = files.kind(named.path, true);
  if (!kind) return fail(kind.error().code, "there is no such folder", named.path);
  const bool has_image = files.is_file(path::join(named.path, "index.json")) ||
                         files.is_file(path::join(named.path, "manifest.json"));
  if (*kind != EntryKind::kFolder || !has_image) {
    return fail(ErrorCode::kNotFound, "no OCI layout: it has no index.json", named.path);
  }
  auto store = open_folder(named.path);
  if (!store) return tl::unexpected(store.error());
  Choice choice = request.choice;
  if (!named.name.empty()) choice.name = std::move(named.name);
  auto image = read_nearest_image(**store, choice);
  if (!image) return tl::unexpected(image.error());
  return FoundImage{.image = *std::move(image), .store = *std::move(store)};
}

}  // namespace

const ImageSource& layout() {
  static constexpr ImageSource kSource{
      .name = "layout",
      .prefixes = "oci-dir: oci-dir:// ocidir: ocidir:// oci: oci-layout: oci-layout://",
      .what = "a folder in OCI layout, or an unpacked docker save",
      .rank = 20,
      .find = find,
  };
  return kSource;
}

}  // namespace plimsoll::image::sources
