#pragma once

#include <string>
#include <string_view>

namespace plimsoll {

/// An SPDX licence expression: "MIT", "Apache-2.0 OR (GPL-2.0-only WITH Classpath-exception-2.0)",
/// "LicenseRef-ours", with names as the list spells them and operators in capitals. "" when `text`
/// is none. Letter case of names does not matter.
/// Source: SPDX specification, annex "SPDX license expressions"; data/spdx-licenses.tsv,
/// data/spdx-exceptions.tsv.
[[nodiscard]] std::string spdx_expression(std::string_view text);
[[nodiscard]] inline bool is_spdx_expression(std::string_view text) {
  return !spdx_expression(text).empty();
}

/// One licence of the list, as the list spells it; "" when it has none of this name.
[[nodiscard]] std::string_view spdx_license_id(std::string_view text);

/// Of the list that the tables were made from.
inline constexpr std::string_view kSpdxListVersion = "3.27";

}  // namespace plimsoll
