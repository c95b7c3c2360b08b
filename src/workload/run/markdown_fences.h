#pragma once

#include <string_view>
#include <vector>

#include "core/source_file.h"

namespace plimsoll::run {

/// A fenced code block.
struct Fence {
  std::string_view info;    ///< as written after the fence, trimmed
  std::vector<Span> lines;  ///< content without indentation, block quote marks and line ends
};

/// The fenced blocks of a Markdown file, also in lists and block quotes, but not in HTML comments.
/// A block that is never closed goes on to the end.
[[nodiscard]] std::vector<Fence> find_fences(const SourceFile& file);

}  // namespace plimsoll::run
