#include <utility>

#include "image/engine_stream.h"
#include "image/image_source.h"

namespace plimsoll::image::sources {
namespace {

/// Docker is asked first, then Podman.
Result<FoundImage> find(const ImageRequest& request) {
  if (!is_engine_name(request.name) || request.name.find('/') != std::string::npos) {
    return fail(ErrorCode::kUsage, "no container can be called so", request.name);
  }
  const std::string path = "/containers/" + request.name + "/export";
  auto stream = engine_stream(EngineKind::kDocker, request, path);
  if (!stream) {
    const Error docker = stream.error();
    stream = engine_stream(EngineKind::kPodman, request, path);
    if (!stream) {
      stream.error().message = "docker: " + docker.message + "; podman: " + stream.error().message;
      stream.error().path = request.name;
      return tl::unexpected(stream.error());
    }
  }
  FoundImage found;
  found.stream = *std::move(stream);
  found.is_file_system = true;
  found.image.names = {request.name};
  return found;
}

}  // namespace

const ImageSource& container() {
  static constexpr ImageSource kSource{
      .name = "container",
      .prefixes = "container:",
      .what = "the file system of a container, running or stopped, over its engine's socket",
      .find = find,
  };
  return kSource;
}

}  // namespace plimsoll::image::sources
