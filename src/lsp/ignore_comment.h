#pragma once

#include <optional>
#include <string_view>

#include "core/date.h"
#include "core/finding.h"

namespace plimsoll::lsp {

/// The edit that silences `finding` by a comment where its form allows one: above the instruction,
/// key or command. Tried on the text before it is offered, so that no comment lands in a block of
/// text that it would change. Nullopt where no comment can stand (JSON, Markdown) or none helps.
/// @param named  read whatever its name says, as Document::named
[[nodiscard]] std::optional<Edit> ignore_comment(const Finding& finding, bool named, Date today);

}  // namespace plimsoll::lsp
