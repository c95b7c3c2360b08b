#pragma once

#include <vector>

#include "workload/compose_layers.h"
#include "workload/compose_reader.h"
#include "workload/workload.h"

/// A service's layers → Workload. Each function fills the fields of one concern.
namespace plimsoll::compose {

/// Everything but `form`, `id`, `kind`, `name`, `file`, the places and `compose`.
void read_service(Reader& reader, const Setting& service, Workload& workload);

/// Capabilities, security_opt, devices, gpus.
void read_security(Reader& reader, const Setting& service, Workload& workload);
/// Memory, CPU, pids, ulimits.
void read_resources(Reader& reader, const Setting& service, Workload& workload);
/// restart, healthcheck, logging, one_shot.
void read_lifecycle(Reader& reader, const Setting& service, Workload& workload);
/// environment and env_file.
void read_environment(Reader& reader, const Setting& service, Workload& workload);
/// NAME=VALUE pairs of `environment` and `build.args`.
[[nodiscard]] std::vector<EnvironmentVariable> read_variables(Reader& reader,
                                                              const Setting& setting);
void read_build(Reader& reader, const Setting& service, Workload& workload);

}  // namespace plimsoll::compose
