#pragma once

#include <string>

#include "parse/dockerfile.h"

namespace plimsoll::dockerfile {

/// What of the promises about spans a tree breaks, in words; "" when it keeps them all. For tests
/// and the fuzz target:
///   - spans lie in the file, in order; parts lie inside their instruction
///   - the text of arguments, words and flags is what stands at their source offsets
///   - outside instructions there are only blanks, comments, directives, a byte order mark and what
///     a problem points at
[[nodiscard]] std::string broken_invariant(const Dockerfile& file);

}  // namespace plimsoll::dockerfile
