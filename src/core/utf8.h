#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
namespace plimsoll::utf8 {

/// Length of the well-formed sequence at the start of `text`, 0 when there is none.
[[nodiscard]] std::size_t sequence_length(std::string_view text);
/// The code point of one well-formed sequence.
[[nodiscard]] char32_t decode(std::string_view sequence);

/// Offset of the first byte that does not belong to a well-formed sequence.
[[nodiscard]] std::optional<std::size_t> find_invalid(std::string_view text);

/// Appends the encoding of `code_point`; a surrogate or a value above U+10FFFF becomes U+FFFD.
void append(std::string& out, char32_t code_point);

}  // namespace plimsoll::utf8
