#pragma once

#include <string>
#include <string_view>

namespace plimsoll::report {

/// For attributes and between tags. XML 1.0 has no way to write most control characters: they, and
/// what is no character of it, become "?"; bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace plimsoll::report
