#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parse/node.h"
#include "secret/configuration.h"

/// What the readers of both forms need.
namespace plimsoll::secret {

/// Compiles a scalar, or each of a list; null adds nothing.
Result<void> add_pattern(const Node* node, std::vector<Pattern>& patterns,
                         const SourceFile& source);
Result<void> add_patterns(const Node* list, std::vector<Pattern>& patterns,
                          const SourceFile& source);

/// Says where.
[[nodiscard]] Error at_node(Error error, const Node& node, const SourceFile& source);

/// Of the built-in detectors that a tool's id stands for.
[[nodiscard]] std::set<std::string> builtin_ids(std::string_view name, std::string_view tool);

}  // namespace plimsoll::secret
