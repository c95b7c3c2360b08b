#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"

namespace plimsoll {

/// 1-based. Columns count Unicode code points (as SARIF's unicodeCodePoints), not bytes.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend constexpr bool operator==(Position, Position) = default;
};

/// One file's path as the user named it and its exact bytes. Every Span of a parse tree points in
/// here, so it must outlive the trees and never changes. Immutable, hence safe to share by threads.
class SourceFile {
 public:
  /// @param path  as shown to people and in reports ('/' separated, relative to where we started)
  SourceFile(std::string path, std::string text);
  SourceFile(const SourceFile&) = delete;  // views into text() would dangle
  SourceFile& operator=(const SourceFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view slice(Span span) const;

  /// Offsets past the end are clamped to it.
  [[nodiscard]] Position position(std::uint32_t offset) const;
  /// 0-based index of the line that holds `offset`.
  [[nodiscard]] std::uint32_t line_index(std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t line_count() const {
    return static_cast<std::uint32_t>(line_starts_.size());
  }
  /// Bytes of a 0-based line without its line end (neither "\n" nor "\r\n").
  [[nodiscard]] Span line_span(std::uint32_t index) const;

 private:
  std::string path_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
  /// Code points before each block of bytes, so that a column in a line of megabytes costs no more
  /// than one in a short line. Empty for small files.
  std::vector<std::uint32_t> points_before_;

  [[nodiscard]] std::uint32_t code_points_before(std::uint32_t offset) const;
};

/// Somewhere in a file; `file` null means "nowhere in particular" (live container, absent thing).
struct Place {
  const SourceFile* file = nullptr;
  Span span;
};

}  // namespace plimsoll
