#pragma once

#include <string>
#include <vector>

namespace plimsoll::test {

/// One rendering of a made-up report.
struct Golden {
  std::string name;  ///< of its file in tests/golden/report
  std::string text;  ///< as rendered now
};

/// The report is made by hand, so that no rule's wording changes these files.
[[nodiscard]] std::vector<Golden> report_goldens();

}  // namespace plimsoll::test
