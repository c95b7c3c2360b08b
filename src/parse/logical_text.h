#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/span.h"

namespace plimsoll {

/// Text as a parser reads it after line continuations (and the comments between them) are gone,
/// with the way back to the bytes of the file. `text` views the SourceFile when nothing was
/// joined, otherwise an arena of the tree that holds this.
struct LogicalText {
  /// From logical offset `logical` on, byte i of the text is byte `source + (i - logical)`.
  struct Segment {
    std::uint32_t logical = 0;
    std::uint32_t source = 0;
  };

  std::string_view text;
  std::uint32_t source_begin =
      0;                          ///< source offset of text[0]; used alone when `segments` is empty
  std::vector<Segment> segments;  ///< sorted; empty when the text is contiguous in the file

  /// Source offset of a logical offset (text.size() maps one past the last byte).
  [[nodiscard]] std::uint32_t source(std::uint32_t logical) const;
  /// Source range of a logical range; covers the continuations inside it.
  [[nodiscard]] Span source(Span logical) const;
  /// The same text from `begin` to `end` only, with its own way back.
  [[nodiscard]] LogicalText part(std::uint32_t begin, std::uint32_t end) const;
};

}  // namespace plimsoll
