#pragma once

#include "core/finding.h"
#include "workload/workload.h"

namespace plimsoll::check {

/// Gives the finding about a container's variable the fix that takes its value from a Secret named
/// after the pod's owner; or says why there is none. Kubernetes only.
void offer_cluster_secret(const Workload& workload, const EnvironmentVariable& variable,
                          Finding& finding);

}  // namespace plimsoll::check
