#include <array>
#include <utility>

#include "archive/decompress.h"
#include "core/file_system.h"
#include "image/image_source.h"
#include "image/open_file.h"
#include "image/package_reader.h"
#include "image/sbom_content.h"

namespace plimsoll::image::sources {
namespace {

Result<std::string> read_all(archive::ByteStream& stream, const std::string& path) {
  std::string bytes;
  std::string buffer(1U << 20U, '\0');
  while (true) {
    const auto got = stream.read(buffer);
    if (!got) return tl::unexpected(got.error());
    if (*got == 0) return bytes;
    if (bytes.size() + *got > kMostBytes) {
      return fail(ErrorCode::kTooLarge, "larger than any bill of materials", path);
    }
    bytes.append(buffer, 0, *got);
  }
}

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
  if (request.needs_sandbox) {
    return fail(ErrorCode::kInvalid, "a bill of materials is parsed without a sandbox",
                request.name);
  }
  auto file = open_file(request.name);
  if (!file) return tl::unexpected(file.error());
  auto plain = archive::decompress(*std::move(file), {.most_bytes = kMostBytes});
  if (!plain) return tl::unexpected(plain.error());
  auto bytes = read_all(**plain, request.name);
  if (!bytes) return tl::unexpected(bytes.error());
  auto content = read_sbom(request.name, *std::move(bytes));
  if (!content) return tl::unexpected(content.error());
  FoundImage found;
  found.image.names = {content->subject.name.empty() ? request.name : content->subject.name};
  found.image.digest = content->subject.digest;
  found.sbom = *std::move(content);
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
