#pragma once

#include <string>

#include "check/rule.h"

namespace plimsoll::check {

/// The Markdown page of a rule: `plimsoll rules SLUG` and docs/rules/<slug>.md.
[[nodiscard]] std::string rule_page(const Rule& rule);
/// docs/rules/README.md: every rule, one line each.
[[nodiscard]] std::string rule_index();

}  // namespace plimsoll::check
