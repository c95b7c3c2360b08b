#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "core/span.h"
#include "parse/node.h"

/// The text of YAML scalars: quotes, escapes, line folding, chomping (YAML 1.2.2 §7.3, §8.1).
/// libfyaml could give it too, but its formatter takes time quadratic in runs of blank lines
/// (a 64 KB block scalar: 3 s), and its clip chomping adds a line end that the file does not have.
namespace plimsoll::yaml {

/// Bytes of the line break at `at`: 2 for CR LF, 1 for LF or CR, 0 when there is none.
[[nodiscard]] inline std::uint32_t break_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '\n') return 1;
  if (text[at] != '\r') return 0;
  return at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
}

/// Value of a plain, single- or double-quoted scalar. `raw` is without its quotes. The result views
/// `raw` when nothing had to change, else a string put into `arena`.
[[nodiscard]] std::string_view flow_text(Node::Style style, std::string_view raw,
                                         std::deque<std::string>& arena);

struct BlockScalar {
  std::string_view text;        ///< in the arena; "" when there is no content
  Span span;                    ///< from the indicator to the last content byte
  std::optional<Span> comment;  ///< after the indicator
};

/// Where a block scalar stands.
struct BlockPlace {
  std::uint32_t header = 0;         ///< offset of '|' or '>'
  std::uint32_t limit = 0;          ///< end of its last line; blank lines after that do no harm
  std::uint32_t parent_indent = 0;  ///< column of the collection it is in
};

[[nodiscard]] BlockScalar read_block_scalar(std::string_view text, BlockPlace place,
                                            std::deque<std::string>& arena);

}  // namespace plimsoll::yaml
