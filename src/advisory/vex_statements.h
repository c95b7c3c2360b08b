#pragma once

#include <vector>

#include "advisory/vex.h"
#include "core/image_summary.h"
#include "core/package.h"
#include "core/vulnerability.h"

namespace plimsoll::advisory {

/// What an image is called in a VEX document: "pkg:oci/web@sha256:…?arch=amd64&repository_url=…"
/// where its digest and its name are known, else what is known of the two.
[[nodiscard]] VexComponent vex_component_of(const ImageSummary& image);

/// What is known of the vulnerabilities of some software, for those who use it: "not_affected"
/// where nothing that runs has the fault, with that as the justification, or where somebody's VEX
/// said so; "affected" else, with what to do. One statement for the packages of which the same is
/// said.
[[nodiscard]] std::vector<VexStatement> vex_statements_of(
    const VexComponent& product, const std::vector<Package>& packages,
    const std::vector<Vulnerability>& vulnerabilities);

}  // namespace plimsoll::advisory
