#pragma once

#include <string_view>
#include <vector>

#include "secret/configuration.h"

namespace plimsoll::secret {

/// What an allowance may be asked about. Views are valid during the call.
struct Claim {
  std::string_view detector;
  std::string_view path;
  std::string_view secret;
  std::string_view match;
  std::string_view line;
};

[[nodiscard]] bool is_found(const Pattern& pattern, std::string_view text);
[[nodiscard]] bool allows(const Allowance& allowance, const Claim& claim);
[[nodiscard]] bool any_allows(const std::vector<Allowance>& allowances, const Claim& claim);
/// Some allowance lets all hits of all detectors in this file pass.
[[nodiscard]] bool allows_path(const std::vector<Allowance>& allowances, std::string_view path);

/// The line that holds bytes [begin, end) of `text`, without its end.
[[nodiscard]] std::string_view line_around(std::string_view text, std::size_t begin,
                                           std::size_t end);

}  // namespace plimsoll::secret
