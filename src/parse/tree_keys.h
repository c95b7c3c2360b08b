#pragma once

#include "parse/node.h"

namespace plimsoll {

/// Sets Entry::duplicate in a mapping that has only its own entries, and records each repeated key
/// in tree.duplicates. Keys that are collections are never equal to another.
void mark_duplicates(Tree& tree, Node& mapping);

}  // namespace plimsoll
