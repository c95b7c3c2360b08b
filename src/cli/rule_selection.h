#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::cli {

struct RuleSelection {
  bool all = false;               ///< `all` was named
  std::vector<std::string> only;  ///< slugs; empty: no rule was named
};

/// Reads the words of a `default|all|RULE,...` option: slugs, or peers' ids such as
/// `hadolint:DL3002`. An unknown one is said on standard error.
[[nodiscard]] std::optional<RuleSelection> select_rules(const std::vector<std::string>& names,
                                                        std::string_view option);

}  // namespace plimsoll::cli
