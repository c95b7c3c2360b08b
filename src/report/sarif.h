#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "report/document.h"

/// What findings and vulnerabilities have in common in SARIF 2.1.0.
/// Sources: docs.oasis-open.org/sarif/sarif/v2.1.0; docs.github.com, "SARIF support for code
/// scanning".
namespace plimsoll::report::sarif {

inline constexpr std::size_t kMaxDescription = 1024;  ///< code points; GitHub cuts there

[[nodiscard]] std::string_view level(Severity severity);

/// GitHub: above 9.0 critical, from 7.0 high, from 4.0 medium, else low.
[[nodiscard]] std::string_view security_severity(Severity severity);

/// An `artifactLocation` below the folder plimsoll was started in.
[[nodiscard]] nlohmann::ordered_json artifact(std::string_view path);

/// "" when there is no baseline.
[[nodiscard]] std::string_view baseline_state(Standing standing);

/// Rules and results of the vulnerabilities: a rule for each id, a result for each package that has
/// it.
struct Vulnerabilities {
  nlohmann::ordered_json rules = nlohmann::ordered_json::array();
  nlohmann::ordered_json results = nlohmann::ordered_json::array();
  bool is_cut = false;  ///< there are more than `max_results`
};
/// @param first_rule  index of the first of `rules` in the driver's
[[nodiscard]] Vulnerabilities vulnerabilities_of(const Document& document, std::size_t first_rule,
                                                 std::size_t max_results);

}  // namespace plimsoll::report::sarif
