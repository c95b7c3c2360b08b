#pragma once

#include "parse/node.h"
#include "workload/inspect_fields.h"
#include "workload/live_container.h"

namespace plimsoll::inspect {

/// The container object of an entry: itself, or what an engine's description (engine/engine.h)
/// wraps. Null when it is neither.
[[nodiscard]] const Node* container_of(const Node& entry);

/// @param entry  the container object, or what wraps it
[[nodiscard]] LiveContainer read_live(const Node& entry, const Fields& fields);

}  // namespace plimsoll::inspect
