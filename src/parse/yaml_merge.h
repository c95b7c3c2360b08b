#pragma once

#include <optional>
#include <vector>

#include "parse/node.h"

namespace plimsoll::yaml {

/// A plain `<<`. Quoted, it is a key like any other.
[[nodiscard]] bool is_merge_key(const Node& key);

/// Replaces the `<<` entries of these mappings by what they bring in (YAML 1.1 merge key; own keys
/// win, and of several merged mappings the earlier one). A mapping must come after those that it
/// merges. @return a problem when `<<` has no mapping, or too much would be brought in
[[nodiscard]] std::optional<TreeProblem> resolve_merges(const std::vector<Node*>& mappings);

}  // namespace plimsoll::yaml
