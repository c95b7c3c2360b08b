#pragma once

#include <string>
#include <vector>

namespace plimsoll::test {

/// One picture of the table: a made-up report, seen by one kind of terminal.
struct TableGolden {
  std::string name;  ///< its file is tests/golden/table/<name>.txt
  std::string text;  ///< as rendered now
};

/// The report is made by hand, so that no rule's wording changes these files.
[[nodiscard]] std::vector<TableGolden> table_goldens();

}  // namespace plimsoll::test
