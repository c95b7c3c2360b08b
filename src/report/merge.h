#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "report/document.h"

namespace plimsoll::report {

struct MergeOptions {
  /// For formats without a place for them: each becomes a finding of its report.
  bool vulnerabilities_as_findings = false;
};

/// Several reports as one, such as those of the parts of a repository. A finding that two of them
/// hold is kept once. A saved report does not hold the weight of each subject, so the percent is
/// the mean of theirs by how many workloads and images each judged.
///
/// The image is kept when they are of one only. Where they are of several, nothing is left of their
/// layers, and the path of each package begins with its image: "app:1:var/lib/dpkg/status".
[[nodiscard]] Document merge(std::vector<NamedDocument> documents,
                             const MergeOptions& options = {});

/// How many images they are of.
[[nodiscard]] std::size_t count_images(std::span<const NamedDocument> documents);

/// A table of how the score and the findings went, a line per report in the order given.
[[nodiscard]] std::string trend_table(std::span<const NamedDocument> documents);

}  // namespace plimsoll::report
