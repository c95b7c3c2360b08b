#pragma once

#include <span>
#include <string>

#include "report/document.h"

namespace plimsoll::report {

/// Several reports as one, such as those of the parts of a repository. A finding that two of them
/// hold is kept once. A saved report does not hold the weight of each subject, so the percent is
/// the mean of theirs by how many workloads and images each judged.
[[nodiscard]] Document merge(std::span<const NamedDocument> documents);

/// A table of how the score and the findings went, a line per report in the order given.
[[nodiscard]] std::string trend_table(std::span<const NamedDocument> documents);

}  // namespace plimsoll::report
