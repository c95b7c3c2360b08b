#include "advisory/advisory.h"

#include <utility>

#include "core/ascii.h"

namespace plimsoll::advisory {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::kAffected: return "affected";
    case Status::kNotAffected: return "not_affected";
    case Status::kUnderInvestigation: return "under_investigation";
    case Status::kWillNotFix: return "will_not_fix";
    case Status::kFixDeferred: return "fix_deferred";
    case Status::kEndOfLife: return "end_of_life";
  }
  return "";
}

std::optional<Severity> severity_of_word(std::string_view word) {
  static constexpr std::pair<std::string_view, Severity> kWords[] = {
      {"critical", Severity::kCritical}, {"high", Severity::kHigh},
      {"important", Severity::kHigh},  // Red Hat, SUSE and their kin
      {"medium", Severity::kMedium},     {"moderate", Severity::kMedium},
      {"low", Severity::kLow},           {"minor", Severity::kLow},
      {"negligible", Severity::kInfo},   // Ubuntu: of theoretical interest
      {"unimportant", Severity::kInfo},  // Debian: no security impact
      {"none", Severity::kInfo},
  };
  const std::string lower = ascii::lower(ascii::trim(word));
  for (const auto& [known, severity] : kWords) {
    if (lower == known) return severity;
  }
  return std::nullopt;
}

}  // namespace plimsoll::advisory
