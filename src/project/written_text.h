#pragma once

#include "core/source_file.h"
#include "parse/logical_text.h"
#include "parse/node.h"

namespace plimsoll::ci {

/// The way from a scalar's text back to the file, for scalars whose lines stand there unchanged
/// but for indentation; `text` is empty when that is not so (escapes, blank lines in folds).
[[nodiscard]] LogicalText written_text(const Node& scalar, const SourceFile& file);

}  // namespace plimsoll::ci
