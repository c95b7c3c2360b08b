#include "core/severity.h"

#include "core/ascii.h"

namespace plimsoll {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::kCritical: return "critical";
    case Severity::kHigh: return "high";
    case Severity::kMedium: return "medium";
    case Severity::kLow: return "low";
    case Severity::kInfo: return "info";
  }
  return "info";
}

std::optional<Severity> parse_severity(std::string_view text) {
  for (const Severity severity :
       {Severity::kCritical, Severity::kHigh, Severity::kMedium, Severity::kLow, Severity::kInfo}) {
    if (ascii::iequals(text, to_string(severity))) return severity;
  }
  return std::nullopt;
}

int weight(Severity severity) {
  switch (severity) {
    case Severity::kCritical: return 10;
    case Severity::kHigh: return 5;
    case Severity::kMedium: return 3;
    case Severity::kLow: return 1;
    case Severity::kInfo: return 0;
  }
  return 0;
}

}  // namespace plimsoll
