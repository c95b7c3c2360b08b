#pragma once

#include <vector>

#include "image/inventory.h"

namespace plimsoll::image {

/// The secrets of all layers, also those of files that a later layer removed, and those of the
/// configuration: variables, labels, history. One that several layers carry at the same path is
/// told once.
[[nodiscard]] std::vector<ImageSecret> image_secrets(const Inventory& inventory,
                                                     const Analysers& analysers);

}  // namespace plimsoll::image
