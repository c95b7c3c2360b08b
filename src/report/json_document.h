#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "report/document.h"

/// Saved reports: the JSON contract `plimsoll/report@1`, both ways. docs/json-report.md names every
/// key.
namespace plimsoll::report {

/// @param with_source  also write the key "excerpts": source lines and edits, parallel to findings
[[nodiscard]] std::string to_json(const Document& document, bool with_source);

/// Finds the facts of a rule by its slug; null when there is none.
using FindRule = const RuleInfo* (*)(std::string_view slug);

/// Reads what to_json() wrote, also by a later version with more keys.
/// @error kInvalidInput  no JSON, or not this contract; the message names the key
[[nodiscard]] Result<Document> from_json(std::string_view text, FindRule find_rule);

}  // namespace plimsoll::report
