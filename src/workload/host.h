#pragma once

#include <string>
#include <vector>

#include "core/source_file.h"
#include "workload/workload.h"

namespace plimsoll {

/// The containers of one engine, as far as they are at hand.
struct Host {
  std::string id;
  Place place;  ///< where the list of them begins
  std::vector<const Workload*> containers;
  bool whole = false;  ///< all of them, running and stopped; a file may hold any choice
};

}  // namespace plimsoll
