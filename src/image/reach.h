#pragma once

#include <string>

#include "core/package.h"
#include "image/inventory.h"

namespace plimsoll::image {

/// How near a package is to what an image starts, as Vulnerability::tier: "in-use" when a running
/// container's processes have a file of it in memory; "loadable" when the
/// programs that the image starts, or libraries that they need, are of the package, or run packages
/// of its language; "not-in-execute-path" only when it is certain that nothing of it can run; else
/// "present".
/// @param inventory  its files and what of them can be loaded
[[nodiscard]] std::string tier_of(const Package& package, const Inventory& inventory);

}  // namespace plimsoll::image
