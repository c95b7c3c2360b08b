#pragma once

#include <functional>
#include <string_view>

#include "core/exit.h"
#include "core/result.h"

namespace plimsoll::cli {

/// Longer lines are refused, so that no input takes more memory than this.
inline constexpr std::size_t kMostLineBytes = 64U << 10U;

/// Answers every line of standard input by one line of standard output, in order, as soon as there
/// is no more to read; an empty line, or one that starts with `#` and a blank, by an empty one.
/// What cannot be answered is said on standard error with its line's number, and answered by
/// "error".
/// @return kRejected when there was such a line
[[nodiscard]] Exit answer_lines(
    const std::function<Result<std::string_view>(std::string_view line)>& answer);

}  // namespace plimsoll::cli
