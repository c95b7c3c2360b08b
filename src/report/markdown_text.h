#pragma once

#include <string>
#include <string_view>

/// Untrusted text in GitHub's and GitLab's Markdown.
namespace plimsoll::report {

/// As text: no markup, no mention of people, no reference to issues, one line. At most
/// `max_code_points`, then "…".
[[nodiscard]] std::string markdown_text(std::string_view text, std::size_t max_code_points = 400);

/// As code, also in a table.
[[nodiscard]] std::string markdown_code(std::string_view text, std::size_t max_code_points = 400);

/// Its paragraphs as text.
[[nodiscard]] std::string markdown_paragraphs(std::string_view text, std::size_t max_code_points);

/// A link; the text alone where `address` is none of the web.
[[nodiscard]] std::string markdown_link(std::string_view text, std::string_view address);

}  // namespace plimsoll::report
