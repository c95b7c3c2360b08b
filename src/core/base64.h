#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll {

/// RFC 4648, standard alphabet; line breaks and blanks are skipped. Nullopt for any other byte or
/// a wrong length.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);
/// With padding, without line breaks.
[[nodiscard]] std::string encode_base64(std::string_view bytes);

}  // namespace plimsoll
