#pragma once

#include <optional>
#include <string_view>

#include "core/severity.h"

namespace plimsoll::advisory {

/// What a CVSS vector says in short.
struct CvssScore {
  double score = 0;  ///< 0 to 10, one decimal
  Severity severity = Severity::kInfo;
  std::string_view version;  ///< "2.0", "3.0", "3.1" or "4.0"
  bool is_remote = false;    ///< through a network
  bool needs_no_privileges = false;
  bool needs_no_user = false;  ///< nobody has to help; 2.0 does not say, so false there
};

/// Nothing for what is no complete vector: base metrics are missing, one stands twice, or one or
/// its value is of no such version. Metrics may stand in any order; vectors of 2.0, "AV:N/AC:L/…",
/// may be in parentheses. Any bytes are answered, without allocation.
///
/// 2.0 and 3.x give the base score, whatever temporal and environmental metrics stand beside. 4.0
/// has one score of all that is given: threat and environment count where the vector names them.
/// Sources: https://www.first.org/cvss/v2/guide,
/// https://www.first.org/cvss/v3-0/specification-document,
/// https://www.first.org/cvss/v3-1/specification-document,
/// https://www.first.org/cvss/v4-0/specification-document
[[nodiscard]] std::optional<CvssScore> score_of(std::string_view vector);

}  // namespace plimsoll::advisory
