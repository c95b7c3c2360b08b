#include <utility>

#include "image/engine_stream.h"
#include "image/image_source.h"

namespace plimsoll::image::sources {
namespace {

Result<FoundImage> find(const ImageRequest& request) {
  if (!is_engine_name(request.name)) {
    return fail(ErrorCode::kUsage, "no image can be called so", request.name);
  }
  auto stream = engine_stream(EngineKind::kPodman, request, "/images/" + request.name + "/get");
  if (!stream) return tl::unexpected(stream.error());
  FoundImage found;
  found.stream = *std::move(stream);
  return found;
}

}  // namespace

const ImageSource& podman() {
  static constexpr ImageSource kSource{
      .name = "podman",
      .prefixes = "podman: engine: image:// local://",
      .what = "an image of Podman's engine, over its socket",
      .rank = 50,
      .find = find,
  };
  return kSource;
}

}  // namespace plimsoll::image::sources
