#pragma once

#include <memory>
#include <vector>

#include "project/project.h"
#include "scan/inputs.h"
#include "workload/compose.h"
#include "workload/host.h"
#include "workload/kubernetes.h"

namespace plimsoll::scan {

/// What the files describe together. Everything points into the Inputs it was read from.
struct Model {
  std::vector<std::unique_ptr<compose::Project>> compose;
  kubernetes::Manifests manifests;
  Project project;
  std::vector<Host> hosts;
  std::vector<Workload*> workloads;  ///< of every form, in a fixed order
  std::vector<Incomplete> incomplete;
};

/// Reads Compose projects (with overrides and fragments merged), manifests and the repository, and
/// joins every workload with the Dockerfile and image facts behind it.
[[nodiscard]] Model read_model(Inputs& inputs);

}  // namespace plimsoll::scan
