#pragma once

#include <string_view>
#include <vector>

#include "core/report.h"
#include "lsp/json_access.h"

namespace plimsoll::lsp {

/// Findings of one file that are shown: neither suppressed nor about another file. In order.
[[nodiscard]] std::vector<const Finding*> shown_in(const Report& report, std::string_view path);

/// Where an editor underlines it. What is absent from a block is shown at the block's first line.
[[nodiscard]] Range range_of(const Finding& finding, const TextIndex& index);

/// `rule` may not be null.
[[nodiscard]] Json to_diagnostic(const Finding& finding, const RuleInfo& rule,
                                 const TextIndex& index);

/// All of a file, also what could not be judged of it.
[[nodiscard]] Json diagnostics_of(const Report& report, std::string_view path,
                                  const TextIndex& index);

}  // namespace plimsoll::lsp
