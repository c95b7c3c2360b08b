#pragma once

#include <string>

#include "report/comparison.h"
#include "report/painter.h"

namespace plimsoll::report {

/// For a person: what got better and worse, then packages by kind, then settings and findings.
[[nodiscard]] std::string comparison_view(const Comparison& comparison, const Painter& painter);
/// A comment on a pull request, in GitHub's Markdown; it always fits into one.
[[nodiscard]] std::string comparison_markdown(const Comparison& comparison);
/// Schema plimsoll/comparison@1.
[[nodiscard]] std::string comparison_json(const Comparison& comparison);

/// "CVE-2024-1 in zlib1g 1.2.13, layer 2 (RUN apt-get …)": where a vulnerability is.
[[nodiscard]] std::string place_of(const Compared& side, const Vulnerability& vulnerability);

}  // namespace plimsoll::report
