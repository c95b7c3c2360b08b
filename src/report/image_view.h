#pragma once

#include <string>
#include <vector>

#include "core/image_summary.h"
#include "core/package.h"
#include "report/painter.h"

namespace plimsoll::report {

/// What an image is, for a person: its size and start, its packages by kind, and what could be
/// saved. Some ten lines that end in an empty one.
[[nodiscard]] std::string image_view(const ImageSummary& image,
                                     const std::vector<Package>& packages, const Painter& painter);

}  // namespace plimsoll::report
