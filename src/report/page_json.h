#pragma once

#include <string>

#include "report/document.h"

namespace plimsoll::report {

/// One entry of the HTML page's data (web/README.md): the JSON report with its excerpts, and beside
/// it the packages and vulnerabilities in fewer bytes, for a page is mailed about. What is empty is
/// left out, what the package says is said there alone, long texts are shortened, and what occurs
/// often stands once in a table.
[[nodiscard]] std::string page_json(const NamedDocument& named);

}  // namespace plimsoll::report
