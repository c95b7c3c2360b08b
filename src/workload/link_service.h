#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "workload/compose.h"

namespace plimsoll {

/// Fills LiveContainer::service: which service of these projects Compose made the container from,
/// by the labels that Compose gives it. One made by `docker compose run` is none: its options came
/// from that command line as well.
/// @param working_folder  absolute, or "": what the projects' paths are relative to
void link_service(Workload& container,
                  const std::vector<std::unique_ptr<compose::Project>>& projects,
                  std::string_view working_folder);

}  // namespace plimsoll
