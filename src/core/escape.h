#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll {

/// What a terminal can show. In kAscii "…" is written "..." and every other character beyond ASCII
/// is escaped: the bytes of its UTF-8 may be control characters to a terminal of another charset.
enum class Charset : std::uint8_t { kUnicode, kAscii };

/// Makes untrusted text safe for a terminal and for one line: control characters (also C1), what
/// reorders the text people see and what they cannot see at all become \xNN or \u{NNNN}, bytes that
/// are no UTF-8 become \xNN. At most `max_code_points`, then "…".
[[nodiscard]] std::string escape_terminal(std::string_view text, std::size_t max_code_points = 400,
                                          Charset charset = Charset::kUnicode);

/// Replaces what is no UTF-8 by U+FFFD: JSON must be text whatever the input was.
[[nodiscard]] std::string to_utf8(std::string_view text);

/// Columns a terminal uses, near enough: wide East Asian and emoji 2, combining marks 0.
[[nodiscard]] std::size_t display_width(std::string_view text);

}  // namespace plimsoll
