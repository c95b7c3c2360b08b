#include "advisory/vex.h"

#include <algorithm>

namespace plimsoll::advisory {

std::string_view to_string(VexStatus status) {
  switch (status) {
    case VexStatus::kNotAffected: return "not_affected";
    case VexStatus::kAffected: return "affected";
    case VexStatus::kFixed: return "fixed";
    case VexStatus::kUnderInvestigation: return "under_investigation";
  }
  return {};
}

std::optional<VexStatus> parse_vex_status(std::string_view text) {
  for (const VexStatus status : {VexStatus::kNotAffected, VexStatus::kAffected, VexStatus::kFixed,
                                 VexStatus::kUnderInvestigation}) {
    if (to_string(status) == text) return status;
  }
  return std::nullopt;
}

const std::vector<std::string_view>& vex_justifications() {
  static const std::vector<std::string_view> kWords{
      "component_not_present",
      "vulnerable_code_not_present",
      "vulnerable_code_not_in_execute_path",
      "vulnerable_code_cannot_be_controlled_by_adversary",
      "inline_mitigations_already_exist",
  };
  return kWords;
}

bool is_vex_justification(std::string_view word) {
  const auto& words = vex_justifications();
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace plimsoll::advisory
