#pragma once

#include <string>

#include "core/result.h"
#include "image/image_source.h"

namespace plimsoll::image {

/// Finds the image that `request.name` means: "registry:debian:12", "app.tar", "debian:12". The
/// longest prefix that fits says which sources are asked; without one, all that have a rank are
/// asked in its order, and the first that has the image is taken.
/// @error kNotFound, kEnvironment  none has it; the message says what each of them said
/// @error others  of the source that has it
[[nodiscard]] Result<FoundImage> find_image(const ImageRequest& request);

}  // namespace plimsoll::image
