#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/span.h"

namespace plimsoll::lsp {

/// What a client counts columns in.
enum class Encoding : std::uint8_t { kUtf8, kUtf16, kUtf32 };
[[nodiscard]] std::string_view to_string(Encoding encoding);  ///< "utf-16"
[[nodiscard]] std::optional<Encoding> parse_encoding(std::string_view text);

/// 0-based, as the protocol has it.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  friend constexpr auto operator<=>(Position, Position) = default;
};

struct Range {
  Position start;
  Position end;
  friend constexpr bool operator==(Range, Range) = default;
};

/// Byte offsets of a text as a client's positions and back. Unlike SourceFile, a lone carriage
/// return ends a line here: the protocol says so.
class TextIndex {
 public:
  /// `text` must outlive the index.
  TextIndex(std::string_view text, Encoding encoding);

  /// Offsets past the end are clamped to it, offsets inside a character to its start.
  [[nodiscard]] Position position(std::uint32_t offset) const;
  [[nodiscard]] Range range(Span span) const { return {position(span.begin), position(span.end)}; }
  /// A character past the end of its line means that end, a line past the last the text's end, half
  /// of a surrogate pair its start.
  [[nodiscard]] std::uint32_t offset(Position position) const;

 private:
  [[nodiscard]] std::uint32_t units_before(std::uint32_t offset) const;

  std::string_view text_;
  Encoding encoding_;
  std::vector<std::uint32_t> line_starts_;
  /// Units before each block of bytes, so that thousands of columns in a line of megabytes cost no
  /// more than in short ones.
  std::vector<std::uint32_t> units_before_;
};

}  // namespace plimsoll::lsp
