#pragma once

#include <string>
#include <string_view>

#include "core/exit.h"
#include "core/result.h"
#include "report/format.h"

namespace plimsoll::cli {

/// What standard output looks like: a terminal's width, colour unless NO_COLOR, TERM=dumb or a
/// pipe.
[[nodiscard]] report::Appearance appearance_of_stdout(bool no_color);

/// Writes everything to standard output, or to `path` through a temporary file beside it that is
/// synced and renamed, so that nothing half-written is ever left. A device or pipe is written to as
/// it is.
[[nodiscard]] Result<void> write_output(std::string_view text, const std::string& path);

/// "plimsoll: …" on standard error, escaped.
void complain(std::string_view message);

}  // namespace plimsoll::cli
