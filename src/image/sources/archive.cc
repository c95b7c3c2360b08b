#include <array>
#include <utility>

#include "archive/decompress.h"
#include "image/image_source.h"
#include "image/named_path.h"
#include "image/open_file.h"
#include "image/own_platform.h"

namespace plimsoll::image::sources {
namespace {

/// Of a whole archive; each of its layers has limits of its own.
constexpr archive::ExpansionLimits kLimits{.most_bytes = 64ULL << 30U};

/// An archive that cannot be read in any order: compressed as a whole, or from a pipe.
Result<FoundImage> in_one_go(std::unique_ptr<archive::ByteStream> stream) {
  auto plain = archive::decompress(std::move(stream), kLimits);
  if (!plain) return tl::unexpected(plain.error());
  FoundImage found;
  found.stream = *std::move(plain);
  return found;
}

Result<FoundImage> find(const ImageRequest& request) {
  const DiskFileSystem files;
  if (request.name == "-") {
    auto input = open_file(request.name);
    if (!input) return tl::unexpected(input.error());
    return in_one_go(*std::move(input));
  }
  NamedPath named = named_path(files, request.name);
  const auto kind = files.kind(named.path, true);
  if (!kind) return fail(kind.error().code, "there is no such file", named.path);
  if (*kind == EntryKind::kFolder) {
    return fail(ErrorCode::kNotFound, "it is a folder, not an archive", named.path);
  }
  auto file = open_file(named.path);
  if (!file) return tl::unexpected(file.error());
  if (*kind != EntryKind::kFile) return in_one_go(*std::move(file));
  std::array<char, 8> first{};
  const auto got = archive::read_fully(**file, first);
  if (!got) return tl::unexpected(got.error());
  const std::string_view bytes(first.data(), *got);
  if (archive::compression_of(bytes) != archive::Compression::kNone) {
    return in_one_go(put_back(std::string(bytes), *std::move(file)));
  }
  auto store = open_tar(named.path);
  if (!store) return tl::unexpected(store.error());
  Choice choice = request.choice;
  if (!named.name.empty()) choice.name = std::move(named.name);
  auto image = read_nearest_image(**store, choice);
  if (!image) {
    // A file is here: no other source is meant.
    if (request.guessed && image.error().code == ErrorCode::kNotFound) {
      image.error().code = ErrorCode::kInvalid;
    }
    return tl::unexpected(image.error());
  }
  FoundImage found;
  found.image = *std::move(image);
  found.store = *std::move(store);
  return found;
}

}  // namespace

const ImageSource& archive() {
  static constexpr ImageSource kSource{
      .name = "archive",
      .prefixes =
          "docker-archive: docker-archive:// oci-archive: oci-archive:// archive: "
          "archive:// kaniko-archive:",
      .what =
          "a file of docker save, podman save or skopeo copy, compressed or not; - is standard "
          "input",
      .rank = 10,
      .find = find,
  };
  return kSource;
}

}  // namespace plimsoll::image::sources
