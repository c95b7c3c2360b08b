#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/document.h"

namespace plimsoll::test {

/// One rendering of a made-up report.
struct Golden {
  std::string name;  ///< of its file in tests/golden/report
  std::string text;  ///< as rendered now
};

/// A made-up report with its source lines, one against a baseline, one whose files try to break out
/// of whatever quotes them, and an image of packages; by name.
[[nodiscard]] std::vector<std::pair<std::string, report::Document>> report_documents();

/// The report is made by hand, so that no rule's wording changes these files.
[[nodiscard]] std::vector<Golden> report_goldens();

}  // namespace plimsoll::test
