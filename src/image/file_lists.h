#pragma once

#include "image/inventory.h"

namespace plimsoll::image {

/// Files that stand in lists beside the databases of packages become the packages' own: of dpkg in
/// info/NAME.list or info/NAME:ARCHITECTURE.list, of images without dpkg in NAME.md5sums, of pacman
/// in NAME-VERSION/files. Source: deb-tree(5), dpkg(1), pacman's be_local.c.
void take_file_lists(Inventory& inventory);

}  // namespace plimsoll::image
