#pragma once

#include <string_view>
#include <vector>

#include "workload/workload.h"

/// Files of the host that a container is given.
namespace plimsoll::check {

/// Views into the workload's mounts or the manifest.
struct HostPath {
  std::string_view path;    ///< as the reader resolved it: "/etc", "data", "~/.ssh"
  std::string_view target;  ///< where it is in the container
  bool read_only = false;
  bool known = true;    ///< false: `path` or `target` holds a variable
  bool mounted = true;  ///< false: a volume of the pod that none of its containers mounts
  Place place;
};

/// Those of a pod that nobody mounts are told with its first container.
[[nodiscard]] std::vector<HostPath> host_paths(const Workload& workload);

}  // namespace plimsoll::check
