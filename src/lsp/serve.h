#pragma once

#include "core/date.h"
#include "core/exit.h"
#include "core/file_system.h"

namespace plimsoll::lsp {

/// Talks with one client over two descriptors until it says exit, hangs up, or sends what cannot be
/// a message (kRejected). Typing is judged when it pauses: a change that is followed by more input
/// is not judged twice.
/// @return kClean after shutdown and exit; kFindings (1) without shutdown; kEnvironment when
/// nothing can be read or written
[[nodiscard]] Exit serve(const FileSystem& disk, Date today, int input, int output);

}  // namespace plimsoll::lsp
