#pragma once

#include <string>
#include <string_view>

#include "core/exposure.h"
#include "core/file_system.h"
#include "core/result.h"
#include "workload/workload.h"

namespace plimsoll::scan {

/// What a workload says of it. Kubernetes publishes pods by objects of their own (Services,
/// Ingresses, gateways), so of its network only what the pod itself says is known.
[[nodiscard]] Exposure exposure_of(const Workload& workload);

/// Of the workload that `target` names: "compose.yaml#web" by its name or id, or "run.sh" where
/// that has one alone.
/// @error kNotFound  no such file or workload   @error kUsage  there are several: the message names
///        them
[[nodiscard]] Result<Exposure> find_exposure(const FileSystem& files, const std::string& target);

}  // namespace plimsoll::scan
