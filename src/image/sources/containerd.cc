#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/path.h"
#include "image/bolt_file.h"
#include "image/descriptor.h"
#include "image/image_source.h"
#include "image/made_layout.h"
#include "image/own_platform.h"

namespace plimsoll::image::sources {
namespace {

constexpr const char* kContent = "io.containerd.content.v1.content";
constexpr const char* kMetadata = "io.containerd.metadata.v1.bolt/meta.db";
constexpr int kMostTries = 5;
/// Version of the layout of the metadata: the bucket that holds all others.
constexpr std::string_view kSchema = "v1";

BoltFile::ReadAt reader_of(std::shared_ptr<Descriptor> file, const std::string& path) {
  return [file = std::move(file), path](std::uint64_t offset,
                                        std::size_t size) -> Result<std::string> {
    std::string bytes(size, '\0');
    std::size_t filled = 0;
    while (filled < size) {
      const ssize_t got = ::pread(file->get(), bytes.data() + filled, size - filled,
                                  static_cast<off_t>(offset + filled));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return fail(ErrorCode::kUnreadable, std::strerror(errno), path);
      if (got == 0) break;
      filled += static_cast<std::size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
  };
}

/// The digest that a name stands for, in the namespace that has it first.
Result<std::optional<std::string>> digest_in(const BoltFile& metadata, const std::string& own,
                                             const std::vector<std::string>& names) {
  std::vector<std::string> spaces{"default", "k8s.io", "moby"};
  if (!own.empty()) spaces = {own};
  for (const std::string& space : spaces) {
    for (const std::string& name : names) {
      auto digest = metadata.get({kSchema, space, "images", name, "target"}, "digest");
      if (!digest || *digest) return digest;
    }
  }
  return std::nullopt;
}

/// A writer may change pages under our hands: then everything is read once more.
Result<std::string> digest_of(const std::string& root, const ImageRequest& request,
                              const std::string& name) {
  const std::string path = path::join(root, kMetadata);
  auto file = std::make_shared<Descriptor>(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file->get() < 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return fail(ErrorCode::kNotFound, "there is no content store", root);
    }
    return fail(ErrorCode::kEnvironment,
                std::string("its metadata cannot be read: ") + std::strerror(errno), path);
  }
  const auto names = stored_names(name);
  for (int tried = 0;; ++tried) {
    const auto metadata = BoltFile::open(reader_of(file, path));
    if (!metadata) return tl::unexpected(metadata.error());
    auto digest = digest_in(*metadata, request.variable("CONTAINERD_NAMESPACE"), names);
    if (!metadata->is_current() && tried < kMostTries) continue;
    if (!digest) {
      digest.error().path = path;
      return tl::unexpected(digest.error());
    }
    if (*digest) return **std::move(digest);
    return fail(ErrorCode::kNotFound, "it has no such image", root);
  }
}

std::vector<std::string> roots(const ImageRequest& request) {
  std::vector<std::string> roots{"/var/lib/containerd", "/var/lib/docker/containerd/daemon",
                                 "/var/lib/rancher/k3s/agent/containerd"};
  const std::string home = request.variable("HOME");
  const std::string data = request.variable("XDG_DATA_HOME");
  if (!home.empty() || !data.empty()) {
    roots.push_back(
        path::join(data.empty() ? path::join(home, ".local/share") : data, "containerd"));
  }
  return roots;
}

Result<FoundImage> find(const ImageRequest& request) {
  const RootedName wanted = rooted_name(request.name);
  if (wanted.name.empty()) return fail(ErrorCode::kUsage, "it names no image", request.name);
  Error none = fail(ErrorCode::kNotFound, "there is no content store").value();
  for (const std::string& root :
       wanted.root.empty() ? roots(request) : std::vector<std::string>{wanted.root}) {
    auto digest = digest_of(root, request, wanted.name);
    if (!digest) {
      const Error& error = digest.error();
      if (error.code == ErrorCode::kInvalid || error.code == ErrorCode::kLimit) {
        return tl::unexpected(error);
      }
      if (none.code == ErrorCode::kNotFound) none = error;
      continue;
    }
    auto content = open_folder(path::join(root, kContent));
    if (!content) return tl::unexpected(content.error());
    auto layout = std::make_unique<MadeLayout>(root, *digest);
    layout->set_rest(*std::move(content));
    auto image = read_nearest_image(*layout, {.name = {}, .platform = request.choice.platform});
    if (!image) return tl::unexpected(image.error());
    image->names = {wanted.name};
    FoundImage found;
    found.image = *std::move(image);
    found.store = std::move(layout);
    return found;
  }
  return tl::unexpected(std::move(none));
}

}  // namespace

const ImageSource& containerd() {
  static constexpr ImageSource kSource{
      .name = "containerd",
      .prefixes = "containerd: image:// local://",
      .what = "an image of containerd's content store on this disk",
      .rank = 70,
      .find = find,
  };
  return kSource;
}

}  // namespace plimsoll::image::sources
