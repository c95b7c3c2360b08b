#pragma once

#include "image/inventory.h"

namespace plimsoll::image {

/// dpkg keeps the files of each package in info/NAME.list or info/NAME:ARCHITECTURE.list: they
/// become the packages' own. Source: deb-tree(5), dpkg(1).
void own_dpkg_files(Inventory& inventory);

}  // namespace plimsoll::image
