#pragma once

#include <string_view>

#include "base/index.h"
#include "core/image_summary.h"

namespace plimsoll::base {

/// Says which base of the index the image is built on: the one with the most layers, all of which
/// are the image's lowest. Of several with the same layers the one that the image's label names,
/// else the newest. Leaves what the image says by itself where the index has no such base; a label
/// that names an image of the index gets its number of layers only from the layers themselves.
/// @param id  of the image in the index, Entry::id: an image is not its own base; "" where unknown
/// @return  the base; null where the index has none. Points into `index`.
const Entry* detect_base(const Index& index, std::string_view id, ImageSummary& image);

}  // namespace plimsoll::base
