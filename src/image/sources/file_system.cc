#include "core/file_system.h"

#include <algorithm>
#include <array>

#include "core/path.h"
#include "image/image_source.h"

namespace plimsoll::image::sources {
namespace {

/// What tells a root file system from any other folder.
constexpr std::array<const char*, 5> kSigns{"etc/os-release", "usr/lib/os-release",
                                            "var/lib/dpkg/status", "lib/apk/db/installed",
                                            "etc/passwd"};

bool is_root(const FileSystem& files, const std::string& folder) {
  return std::any_of(kSigns.begin(), kSigns.end(), [&](const char* sign) {
    return files.kind(path::join(folder, sign), false).has_value();
  });
}

Result<FoundImage> find(const ImageRequest& request) {
  const DiskFileSystem files;
  const auto kind = files.kind(request.name, true);
  if (!kind) return fail(kind.error().code, "there is no such folder", request.name);
  if (*kind != EntryKind::kFolder) {
    return fail(ErrorCode::kNotFound, "it is no folder", request.name);
  }
  if (request.guessed && !is_root(files, request.name)) {
    return fail(ErrorCode::kNotFound,
                "it does not look like a root file system (dir:FOLDER reads it as one)",
                request.name);
  }
  FoundImage found;
  found.image.names = {request.name};
  found.image.platform.os = "linux";
  found.image.layers.push_back({.path = request.name, .folder = request.name});
  return found;
}

}  // namespace

const ImageSource& file_system() {
  static constexpr ImageSource kSource{
      .name = "file system",
      .prefixes = "dir: rootfs: fs: fs://",
      .what = "a folder that holds a root file system",
      .rank = 30,
      .find = find,
  };
  return kSource;
}

}  // namespace plimsoll::image::sources
