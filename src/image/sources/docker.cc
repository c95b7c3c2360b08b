#include <utility>

#include "image/engine_stream.h"
#include "image/image_source.h"

namespace plimsoll::image::sources {
namespace {

Result<FoundImage> find(const ImageRequest& request) {
  if (!is_engine_name(request.name)) {
    return fail(ErrorCode::kUsage, "no image can be called so", request.name);
  }
  auto stream = engine_stream(EngineKind::kDocker, request, "/images/" + request.name + "/get");
  if (!stream) return tl::unexpected(stream.error());
  FoundImage found;
  found.stream = *std::move(stream);
  return found;
}

}  // namespace

const ImageSource& docker() {
  static constexpr ImageSource kSource{
      .name = "docker",
      .prefixes = "docker: docker-daemon: engine: image:// local://",
      .what = "an image of Docker's engine, over its socket",
      .rank = 40,
      .find = find,
  };
  return kSource;
}

}  // namespace plimsoll::image::sources
