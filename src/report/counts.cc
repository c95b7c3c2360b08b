#include "report/counts.h"

#include <fmt/format.h>

namespace plimsoll::report {

std::string Counts::text() const {
  std::string text;
  for (std::size_t i = by_severity.size(); i-- > 0;) {
    if (by_severity[i] == 0) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", by_severity[i], to_string(static_cast<Severity>(i)));
  }
  return text;
}

bool counts(const Entry& finding) {
  return !finding.suppressed && finding.standing != Standing::kKnown;
}

bool counts(const Vulnerability& vulnerability) {
  return !vulnerability.suppressed && vulnerability.standing != Standing::kKnown;
}

Counts count(const Document& document) {
  Counts counts;
  for (const Entry& finding : document.findings) {
    if (finding.suppressed) {
      ++counts.suppressed;
    } else if (finding.standing == Standing::kKnown) {
      ++counts.known;
    } else {
      ++counts.by_severity[static_cast<std::size_t>(finding.severity)];
      ++counts.total;
    }
  }
  return counts;
}

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace plimsoll::report
