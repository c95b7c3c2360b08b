#pragma once

#include <string>

#include "core/image_summary.h"
#include "core/report.h"
#include "image/inventory.h"
#include "image/waste.h"
#include "scan/audit.h"

namespace plimsoll::scan {

/// What the rules say of an image that was read. Packages are the inventory's own.
/// @param name  as it was asked for: the subject of all findings
[[nodiscard]] Report judge_image(const image::Inventory& inventory, const std::string& name,
                                 const AuditOptions& options);

[[nodiscard]] ImageSummary summary_of(const image::Inventory& inventory, const image::Waste& waste,
                                      const std::string& name);

}  // namespace plimsoll::scan
