#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "report/document.h"

namespace plimsoll::report {

/// What formats sum up.
struct Counts {
  std::array<std::size_t, 5> by_severity{};  ///< of those that count: neither suppressed nor known
  std::size_t total = 0;                     ///< their sum
  std::size_t suppressed = 0;
  std::size_t known = 0;  ///< to the baseline

  [[nodiscard]] std::size_t of(Severity severity) const {
    return by_severity[static_cast<std::size_t>(severity)];
  }
  /// "2 critical, 1 low"; "" when there is none.
  [[nodiscard]] std::string text() const;
};

/// Neither suppressed nor in the baseline: what a reader has to act on.
[[nodiscard]] bool counts(const Entry& finding);
[[nodiscard]] bool counts(const Vulnerability& vulnerability);
[[nodiscard]] Counts count(const Document& document);
/// "1 finding", "2 findings".
[[nodiscard]] std::string plural(std::size_t count, std::string_view noun);

}  // namespace plimsoll::report
