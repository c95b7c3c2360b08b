#pragma once

#include <string_view>

namespace plimsoll {

/// An SPDX licence expression: "MIT", "Apache-2.0 OR (GPL-2.0-only WITH Classpath-exception-2.0)",
/// "LicenseRef-ours". Letter case of names does not matter.
/// Source: SPDX specification, annex "SPDX license expressions"; data/spdx-licenses.tsv,
/// data/spdx-exceptions.tsv.
[[nodiscard]] bool is_spdx_expression(std::string_view text);

}  // namespace plimsoll
