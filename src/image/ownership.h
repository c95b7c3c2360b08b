#pragma once

#include <vector>

#include "image/inventory.h"

namespace plimsoll::image {

/// Says of each package whose file a package of the operating system owns which that is
/// (Package::owner), and adds those that programs tell of. What only tells the owner again is left
/// out: a program that was recognised, and the system's package it notes it was built as.
void settle_ownership(Inventory& inventory, std::vector<Package> of_binaries);

}  // namespace plimsoll::image
