#pragma once

#include <string>

#include "check/engine.h"
#include "core/image_summary.h"
#include "core/report.h"
#include "image/inventory.h"
#include "image/waste.h"
#include "scan/audit.h"

namespace plimsoll::scan {

/// What the rules say of an image that was read.
/// @param name  as it was asked for: the subject of all findings
[[nodiscard]] check::Verdict judge_image(const image::Inventory& inventory, const std::string& name,
                                         const check::RuleOptions& options);
/// The same as a report, with what the image's secrets mean for the score and what is missing of
/// it. Packages are the inventory's own.
[[nodiscard]] Report report_image(check::Verdict verdict, const image::Inventory& inventory,
                                  const AuditOptions& options);

[[nodiscard]] ImageSummary summary_of(const image::Inventory& inventory, const image::Waste& waste,
                                      const std::string& name);

}  // namespace plimsoll::scan
