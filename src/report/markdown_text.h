#pragma once

#include <string>
#include <string_view>

/// Untrusted text in GitHub's Markdown.
namespace plimsoll::report::markdown {

/// As text: no markup, no mention of people, no reference to issues, one line.
[[nodiscard]] std::string safe(std::string_view text);
/// As a code span. Those end at the next run of as many backquotes.
[[nodiscard]] std::string code(std::string_view text);

}  // namespace plimsoll::report::markdown
