#pragma once

#include <set>
#include <string>
#include <string_view>

namespace plimsoll::secret {

/// Blank separated "name", "*.suffix": compared with the last part of `path`, case ignored.
[[nodiscard]] bool path_matches(std::string_view files, std::string_view path);

/// Why a file of this path is not scanned, see secret_scan.h.
/// @param disabled  names of rules that do not hold: those that Trivy's configuration disables
[[nodiscard]] std::string_view why_path_is_skipped(std::string_view path,
                                                   const std::set<std::string>& disabled);

}  // namespace plimsoll::secret
