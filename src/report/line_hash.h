#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/source_file.h"

namespace plimsoll::report {

/// What GitHub's code scanning knows a place by when lines move (`primaryLocationLineHash`): a hash
/// of the 100 characters from the line's start, blanks left out, then ":n" for the n-th line of the
/// file with that hash. It warns when we give another value than it computes itself.
/// By 0-based line index; made in one pass over the file.
/// Source: github/codeql-action, src/fingerprints.ts.
[[nodiscard]] std::vector<std::string> line_hashes(const SourceFile& file);

}  // namespace plimsoll::report
