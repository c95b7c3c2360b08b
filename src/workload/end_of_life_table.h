#pragma once

#include <string_view>
#include <vector>

#include "workload/end_of_life.h"

namespace plimsoll {

/// The rows of data/end-of-life.tsv. Private to workload/.
class EndOfLifeTable {
 public:
  struct Row {
    EndOfLife cycle;
    std::string_view codename;
  };

  /// `text` is our own data and must outlive the table: a malformed line is a bug, not an error.
  explicit EndOfLifeTable(std::string_view text);
  EndOfLifeTable(const EndOfLifeTable&) = delete;  // by_codename_ points into rows_
  EndOfLifeTable& operator=(const EndOfLifeTable&) = delete;

  /// The compiled-in table.
  [[nodiscard]] static const EndOfLifeTable& builtin();

  /// The longest cycle that `version` belongs to: 14.17.0 to 14, 3.7.2 to 3.7. Null when none, as
  /// for 3 where cycles are 3.x.
  [[nodiscard]] const EndOfLife* find(std::string_view product, std::string_view version) const;
  /// "bullseye", "focal".
  [[nodiscard]] const EndOfLife* find_codename(std::string_view codename) const;
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<Row> rows_;                // sorted by product
  std::vector<const Row*> by_codename_;  // sorted by codename
};

}  // namespace plimsoll
