#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "parse/dockerfile.h"
#include "parse/logical_text.h"

namespace plimsoll::dockerfile {

/// The text of one instruction after continuations are joined, trimmed at both ends.
struct LogicalLine {
  LogicalText text;
  Span extent;  ///< first to last byte in the file, with escape characters that continue nothing
};

/// Cuts a file into logical lines. Directives, comments and what is wrong with either go into
/// `file` on the way; joined text goes into its arena. Every byte is looked at a bounded number of
/// times.
class LineReader {
 public:
  /// `text` and `file` must outlive the reader.
  LineReader(std::string_view text, Dockerfile& file);

  /// False at the end of the file.
  [[nodiscard]] bool next(LogicalLine& line);
  /// Reads the body and the closing line that follow the logical line just read. A body that is
  /// never closed takes the rest of the file and leaves `closed` false.
  void read_body(Heredoc& heredoc);

 private:
  /// One line of the file without its line end.
  struct Physical {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  struct Piece {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  [[nodiscard]] bool take(Physical& line);
  [[nodiscard]] std::uint32_t skip_space(Physical line) const;
  [[nodiscard]] bool take_directive(Span line);
  void apply_directive(std::string_view name, std::string_view value, Span span);
  void add_comment(Span line);
  /// Adds the line's text as a piece. True when the line ends in a continuation.
  [[nodiscard]] bool add_piece(std::uint32_t begin, std::uint32_t end);
  /// Drops blank pieces and blanks at both ends. False when nothing is left.
  [[nodiscard]] bool trim_pieces();
  [[nodiscard]] LogicalText join();

  std::string_view text_;
  Dockerfile& file_;
  std::uint32_t at_ = 0;
  bool directives_open_ = true;
  bool after_shebang_ = false;
  std::vector<Piece> pieces_;  // of the current logical line; kept to reuse its memory
};

}  // namespace plimsoll::dockerfile
