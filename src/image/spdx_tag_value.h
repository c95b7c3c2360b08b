#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace plimsoll::image {

/// "Tag: value" of SPDX 2; a value in <text>…</text> may span lines.
struct SpdxTag {
  std::string_view tag;
  std::string_view value;
  std::uint32_t line = 0;
};
/// Source: https://spdx.github.io/spdx-spec/v2.3/conformance/
[[nodiscard]] std::vector<SpdxTag> spdx_tags(std::string_view text);

}  // namespace plimsoll::image
