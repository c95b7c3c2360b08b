#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/byte_stream.h"
#include "image/image_source.h"

namespace plimsoll::image {

/// Container engines on this machine, asked over their sockets by GET only.
enum class EngineKind : std::uint8_t { kDocker, kPodman };

/// The paths at which an engine of this kind may listen, the likeliest first.
/// @error kEnvironment  DOCKER_HOST or CONTAINER_HOST names an engine elsewhere
[[nodiscard]] Result<std::vector<std::string>> engine_sockets(EngineKind kind,
                                                              const ImageRequest& request);

/// What an engine answers, as it comes: no copy is kept by us.
/// @param path  "/images/app:1/get"
/// @error kNotFound     it has no such thing; or, where a prefix is absent, there is no engine
/// @error kEnvironment  nobody answers, or with another status
[[nodiscard]] Result<std::unique_ptr<archive::ByteStream>> engine_stream(
    EngineKind kind, const ImageRequest& request, std::string_view path);

/// Whether it may stand in a path: a name or an id of an image or container.
[[nodiscard]] bool is_engine_name(std::string_view name);

}  // namespace plimsoll::image
