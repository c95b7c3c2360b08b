#pragma once

#include "check/host_path.h"
#include "core/finding.h"
#include "workload/workload.h"

namespace plimsoll::check {

/// Takes a volume out that no container of the pod mounts.
void take_out_unmounted(Finding& finding, const Workload& workload, const HostPath& path);

/// Mounts the path read-only.
void mount_read_only(Finding& finding, const Workload& workload, const HostPath& path);

/// The image is there to look at the host or to set it up: it cannot do without such paths.
[[nodiscard]] bool works_on_host(const Workload& workload);

}  // namespace plimsoll::check
