#include <utility>

#include "core/file_system.h"
#include "image/image_source.h"
#include "image/open_file.h"
#include "image/sbom_content.h"

namespace plimsoll::image::sources {
namespace {

/// A file that no prefix says to be one.
Result<void> must_look_like_one(const std::string& path) {
  const DiskFileSystem files;
  const auto kind = files.kind(path, true);
  if (!kind) return fail(kind.error().code, "there is no such file", path);
  if (*kind != EntryKind::kFile) return fail(ErrorCode::kNotFound, "it is no file", path);
  auto file = open_file(path);
  if (!file) return tl::unexpected(file.error());
  std::string head(kSbomHeadBytes, '\0');
  const auto got = archive::read_fully(**file, head);
  if (!got) return tl::unexpected(got.error());
  head.resize(*got);
  if (is_sbom(head)) return {};
  return fail(ErrorCode::kNotFound, "it is no bill of materials", path);
}

Result<FoundImage> find(const ImageRequest& request) {
  if (request.guessed) {
    if (auto one = must_look_like_one(request.name); !one) return tl::unexpected(one.error());
  }
  auto file = open_file(request.name);
  if (!file) return tl::unexpected(file.error());
  FoundImage found;
  found.image.names = {request.name};
  found.sbom = *std::move(file);
  return found;
}

}  // namespace

const ImageSource& sbom() {
  static constexpr ImageSource kSource{
      .name = "bill of materials",
      .prefixes = "sbom: sbom://",
      .what = "a file of CycloneDX or SPDX, compressed or not; - is standard input",
      .rank = 5,  // before archives, which take a file that is none for a broken one
      .find = find,
  };
  return kSource;
}

}  // namespace plimsoll::image::sources
