#pragma once

#include <deque>

#include "parse/node.h"
#include "workload/workload.h"

/// `docker inspect` / `podman inspect` JSON of containers → Workloads.
/// The engine has merged the image's configuration into Config already, so an empty Config.User is
/// root: user is kSet with value "". Likewise limits of 0 are no limits and leave a setting at its
/// default.
/// Source: Docker Engine API v1.51, ContainerInspect.
namespace plimsoll::inspect {

/// An array (or one object) with HostConfig and Config, or of an engine's answers about a container
/// (engine/engine.h, Description), which hold that and what more the engine was asked for.
[[nodiscard]] bool looks_like_inspect(const Node& root);
/// Wrong types are treated as unknown, never fatal. Containers only; images are left out.
/// @return problems: entries that are no container object
std::vector<TreeProblem> read(const Tree& tree, std::deque<Workload>& out);

}  // namespace plimsoll::inspect
