#pragma once

#include <cstdint>
#include <string_view>

#include "core/ascii.h"
#include "parse/dockerfile.h"

namespace plimsoll::check::two_stage {

/// Lines of a Dockerfile, blank ones and comments among them.
class Layout {
 public:
  explicit Layout(const SourceFile& file) : file_(file) {}

  [[nodiscard]] std::string_view text() const { return file_.text(); }

  [[nodiscard]] std::uint32_t line_begin(std::uint32_t at) const {
    while (at > 0 && text()[at - 1] != '\n') --at;
    return at;
  }
  [[nodiscard]] std::uint32_t next_line(std::uint32_t at) const {
    if (at > 0 && text()[at - 1] == '\n') return at;
    const std::size_t end = text().find('\n', at);
    return static_cast<std::uint32_t>(end == std::string_view::npos ? text().size() : end + 1);
  }
  [[nodiscard]] std::string_view line_at(std::uint32_t begin) const {
    return ascii::trim(text().substr(begin, next_line(begin + 1) - begin));
  }
  [[nodiscard]] bool is_blank_above(std::uint32_t line) const {
    return line > 0 && line_at(line_begin(line - 1)).empty();
  }

  /// With the comments right above it.
  [[nodiscard]] Span block_of(const dockerfile::Instruction& instruction) const {
    std::uint32_t begin = line_begin(instruction.full_span.begin);
    while (begin > 0) {
      const std::uint32_t above = line_begin(begin - 1);
      if (!line_at(above).starts_with('#')) break;
      begin = above;
    }
    return {begin, next_line(instruction.full_span.end)};
  }

 private:
  const SourceFile& file_;
};

}  // namespace plimsoll::check::two_stage
