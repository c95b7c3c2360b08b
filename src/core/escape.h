#pragma once

#include <string>
#include <string_view>

namespace plimsoll {

/// Makes untrusted text safe for a terminal and for one line: control characters (also C1, and
/// U+202A…U+202E, U+2066…U+2069, which reorder what people see) become \xNN or \u{NNNN}, bytes that
/// are no UTF-8 become \xNN. At most `max_code_points`, then "…".
[[nodiscard]] std::string escape_terminal(std::string_view text, std::size_t max_code_points = 400);

/// Replaces what is no UTF-8 by U+FFFD: JSON must be text whatever the input was.
[[nodiscard]] std::string to_utf8(std::string_view text);

/// Length of the valid UTF-8 sequence at the start of `text`, 0 when there is none.
[[nodiscard]] std::size_t utf8_length(std::string_view text);
/// Columns a terminal uses, near enough: wide East Asian and emoji 2, combining marks 0.
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace plimsoll
