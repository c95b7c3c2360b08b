#pragma once

#include <vector>

#include "check/rule.h"
#include "parse/dockerfile_edit.h"

/// Packages that a RUN installs no longer, as edits of its script.
namespace plimsoll::check {

/// The instruction's lines, with the comments right above it.
[[nodiscard]] Span block_of(const DockerfileView& view, const dockerfile::Instruction& run);

/// Takes `words` out of the installing commands of `run`, and a command that would install nothing
/// with what only served it.
[[nodiscard]] dockerfile::Edits leave_out(const DockerfileView& view,
                                          const dockerfile::Instruction& run,
                                          const std::vector<const shell::Word*>& words);

}  // namespace plimsoll::check
