#pragma once

#include <memory>

#include "parse/node.h"

namespace plimsoll {

/// TOML 1.0 by toml++, as a tree like those of YAML and JSON: tables are mappings in the order of
/// the file, strings double-quoted scalars, other values plain ones. Spans are of whole values.
/// A file that is no TOML has no document and one problem. `source` must outlive the result.
[[nodiscard]] std::unique_ptr<Tree> parse_toml(const SourceFile& source);

}  // namespace plimsoll
