#pragma once

#include "image/inventory.h"
#include "parse/dockerfile.h"

namespace plimsoll::scan {

/// Says of each layer which line of the Dockerfile made it, as far as the image's history is found
/// again in the file: instructions of the built stage and those it is FROM, from the last one up.
/// What a builder writes down differently (arguments, heredocs, older COPY) is told by keyword and
/// target. Layers of the base are those of its FROM. Fills image::Layer::place.
void locate_layers(const dockerfile::Dockerfile& file, image::Inventory& inventory);

}  // namespace plimsoll::scan
